// Generated from docs/openapi by `npm run generate`.
export const CODES = [
  "access_key_not_found",
  "cross_site_request",
  "destination_forbidden",
  "email_taken",
  "idempotency_in_progress",
  "idempotency_key_reused",
  "integration_busy",
  "integration_inactive",
  "integration_name_taken",
  "integration_not_found",
  "internal_error",
  "invalid_cursor",
  "key_limited",
  "malformed_json",
  "method_not_allowed",
  "missing_scope",
  "no_destination",
  "not_found",
  "payload_too_large",
  "precondition_failed",
  "rate_limited",
  "service_unavailable",
  "team_name_taken",
  "team_not_found",
  "token_required",
  "unauthenticated",
  "unsupported_api_version",
  "unsupported_media_type",
  "upstream_malformed",
  "upstream_timeout",
  "upstream_too_large",
  "upstream_unreachable",
  "user_has_active_integrations",
  "user_not_found",
  "validation_error"
] as const;
export const SCOPES = [
  "users:read",
  "users:write",
  "integrations:read",
  "integrations:write",
  "integrations:use",
  "integrations:verify",
  "access:manage",
  "audit:read",
  "metrics:read"
] as const;
export const LIMITS = {
  "AccessKeyCreate": {
    "name": {
      "required": true,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    }
  },
  "AccessKeyPatch": {
    "name": {
      "required": false,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    }
  },
  "AuthInput": {
    "name": {
      "required": false,
      "minLength": 1,
      "maxLength": 100,
      "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"
    },
    "username": {
      "required": false,
      "minLength": 1,
      "maxLength": 200,
      "pattern": "^[ -9;-~]+$"
    }
  },
  "DestinationInput": {
    "base_url": {
      "required": false,
      "maxLength": 500
    }
  },
  "IntegrationCreate": {
    "name": {
      "required": true,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "token": {
      "required": true,
      "minLength": 1,
      "maxLength": 8192,
      "pattern": "^[ -~]+$"
    }
  },
  "IntegrationPatch": {
    "name": {
      "required": false,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "token": {
      "required": false,
      "minLength": 1,
      "maxLength": 8192,
      "pattern": "^[ -~]+$"
    }
  },
  "Reassignment": {},
  "SessionCreate": {},
  "TeamCreate": {
    "name": {
      "required": true,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    }
  },
  "TeamPatch": {
    "name": {
      "required": false,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    }
  },
  "UseLimitsInput": {
    "path_prefix": {
      "required": false,
      "maxLength": 200,
      "pattern": "^/$|^(/(\\.{0,2}[!\"$&-\\-0->@-\\[\\]-~][!\"$&-.0->@-\\[\\]-~]*|\\.{3}[!\"$&-.0->@-\\[\\]-~]*))+/?$"
    }
  },
  "UserCreate": {
    "first_name": {
      "required": true,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "last_name": {
      "required": true,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "email": {
      "required": true,
      "minLength": 3,
      "maxLength": 254
    }
  },
  "UserPatch": {
    "first_name": {
      "required": false,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "last_name": {
      "required": false,
      "minLength": 1,
      "maxLength": 50,
      "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$"
    },
    "email": {
      "required": false,
      "minLength": 3,
      "maxLength": 254
    }
  },
  "VerificationInput": {
    "path": {
      "required": true,
      "maxLength": 500,
      "pattern": "^[!-~]+$"
    }
  }
} as const;
