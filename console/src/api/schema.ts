// Generated from docs/openapi by `npm run generate`.
export interface paths {
    "/v1/users/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count users
         * @description Count the users, by status.
         */
        get: operations["count_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user
         * @description Show one user.
         */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Delete user
         * @description Erase a user without active integrations; the inactive ones go along.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Update user
         * @description Change a user.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description List users, a page at a time.
         */
        get: operations["list_users"];
        put?: never;
        /**
         * Create user
         * @description Create a user.
         */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count teams
         * @description Count the teams.
         */
        get: operations["count_teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get team
         * @description Show one team.
         */
        get: operations["get_team"];
        put?: never;
        post?: never;
        /**
         * Delete team
         * @description Remove a team; its users stay.
         */
        delete: operations["delete_team"];
        options?: never;
        head?: never;
        /**
         * Update team
         * @description Change a team.
         */
        patch: operations["update_team"];
        trace?: never;
    };
    "/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List teams
         * @description List teams, a page at a time.
         */
        get: operations["list_teams"];
        put?: never;
        /**
         * Create team
         * @description Create a team.
         */
        post: operations["create_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{team_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List team members
         * @description List a team's users, a page at a time.
         */
        get: operations["list_team_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{team_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add team member
         * @description Put a user in the team; may be repeated.
         */
        put: operations["add_team_member"];
        post?: never;
        /**
         * Remove team member
         * @description Take a user out of the team; may be repeated.
         */
        delete: operations["remove_team_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count integrations
         * @description Count the integrations, by status.
         */
        get: operations["count_integrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get integration
         * @description Show one integration.
         */
        get: operations["get_integration"];
        put?: never;
        post?: never;
        /**
         * Delete integration
         * @description Remove an integration and erase its token.
         */
        delete: operations["delete_integration"];
        options?: never;
        head?: never;
        /**
         * Update integration
         * @description Change an integration; a token erases the one before it.
         */
        patch: operations["update_integration"];
        trace?: never;
    };
    "/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List integrations
         * @description List integrations, a page at a time.
         */
        get: operations["list_integrations"];
        put?: never;
        /**
         * Create integration
         * @description Create an integration.
         */
        post: operations["create_integration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/reassign-integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reassign integrations
         * @description Give all integrations of a user to another one, as for a leaver: all of them or none.
         */
        post: operations["reassign_integrations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List providers
         * @description List the systems whose destinations are known: `provider` fills in what `destination` leaves out.
         */
        get: operations["list_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify token
         * @description Find out whether the token works, by the call that the destination's `verify` tells.
         */
        post: operations["verify_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{integration_id}/proxy/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proxy get
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        get: operations["proxy_get"];
        /**
         * Proxy put
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        put: operations["proxy_put"];
        /**
         * Proxy post
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        post: operations["proxy_post"];
        /**
         * Proxy delete
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        delete: operations["proxy_delete"];
        /**
         * Proxy options
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        options: operations["proxy_options"];
        head?: never;
        /**
         * Proxy patch
         * @description Call the destination with the token put in, and pass its answer on as it comes.
         *
         *     Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
         *     destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
         *     token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
         *     twice, where the destination cannot be reached or says that it will pass.
         */
        patch: operations["proxy_patch"];
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End sessions
         * @description Sign out every browser that signed in with the access key that calls, or whose session does.
         */
        delete: operations["end_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access-keys/{access_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get access key
         * @description Show one access key.
         */
        get: operations["get_access_key"];
        put?: never;
        post?: never;
        /**
         * Delete access key
         * @description Remove an access key and end its sessions; a key cannot remove itself.
         */
        delete: operations["delete_access_key"];
        options?: never;
        head?: never;
        /**
         * Update access key
         * @description Change an access key. Inactive, it opens nothing from now on, and within a second on every replica.
         */
        patch: operations["update_access_key"];
        trace?: never;
    };
    "/v1/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List access keys
         * @description List access keys, a page at a time.
         */
        get: operations["list_access_keys"];
        put?: never;
        /**
         * Create access key
         * @description Create an access key. The answer has its secret, which nothing shows again, no repetition either.
         */
        post: operations["create_access_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get session
         * @description Show who is signed in, or whose access key this is.
         */
        get: operations["get_session"];
        put?: never;
        /**
         * Start session
         * @description Sign a browser in with an access key: the answer sets a cookie that no script can read.
         */
        post: operations["start_session"];
        /**
         * End session
         * @description Sign the browser out.
         */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events
         * @description List what was done, the newest first, a page at a time.
         */
        get: operations["list_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccessKeyCreate
         * @description A new access key.
         */
        AccessKeyCreate: {
            /**
             * Name
             * @example Nightly export
             */
            name: string;
            /**
             * Scopes
             * @description Only such as your own access key has.
             */
            scopes: components["schemas"]["AccessScope"][];
            /**
             * Expires At
             * @description A moment in the future; null or left out: never.
             */
            expires_at?: string | null;
            /** @description Limits of `integrations:use`, which has to be among the scopes; null or left out: none. If your own access key is limited, they must be within its limits. A PATCH does not change them: make a new key. */
            use_limits?: components["schemas"]["UseLimitsInput"] | null;
        };
        /**
         * AccessKeyOutput
         * @description An access key, without its secret.
         * @example {
         *       "api_version": "2",
         *       "created_at": "2026-01-02T03:04:05.678901Z",
         *       "expires_at": "2027-01-02T03:04:05Z",
         *       "id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
         *       "last_used_at": "2026-02-03T04:05:06.789012Z",
         *       "name": "Nightly export",
         *       "scopes": [
         *         "integrations:read",
         *         "integrations:use"
         *       ],
         *       "status": "active",
         *       "use_limits": {
         *         "integration_ids": [
         *           "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4"
         *         ],
         *         "methods": [
         *           "GET",
         *           "HEAD"
         *         ],
         *         "path_prefix": "/crm/v3"
         *       }
         *     }
         */
        AccessKeyOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["AccessScope"][];
            /** @description The limits of `integrations:use`; null: there are none. A PATCH does not change them: make a new key. */
            use_limits: components["schemas"]["UseLimitsOutput"] | null;
            status: components["schemas"]["AccessKeyStatus"];
            /**
             * Api Version
             * @description The minor that it is served without X-API-Version.
             */
            api_version: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Last Used At
             * @description Written at most once a minute; not a part of the ETag.
             */
            last_used_at: string | null;
        };
        /**
         * AccessKeyPage
         * @description A page of access keys.
         */
        AccessKeyPage: {
            /** Items */
            items: components["schemas"]["AccessKeyOutput"][];
            /**
             * Next Cursor
             * @description For the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description With `include_total=true`.
             */
            total?: number;
        };
        /**
         * AccessKeyPatch
         * @description Changes of an access key; what is left out stays.
         */
        AccessKeyPatch: {
            /**
             * Name
             * @example Nightly export
             */
            name?: string;
            status?: components["schemas"]["AccessKeyStatus"];
        };
        /**
         * AccessKeyStatus
         * @description Whether a key opens anything; new ones are active.
         * @enum {string}
         */
        AccessKeyStatus: "active" | "inactive";
        /**
         * AccessScope
         * @description A permission; teams go with users.
         * @enum {string}
         */
        AccessScope: "users:read" | "users:write" | "integrations:read" | "integrations:write" | "integrations:use" | "integrations:verify" | "access:manage" | "audit:read" | "metrics:read";
        /**
         * ActorOutput
         * @description Who did it; without a key it was the administrator's key or the service itself.
         */
        ActorOutput: {
            /** Key Id */
            key_id: string | null;
            /** Name */
            name: string;
        };
        /**
         * AuthInput
         * @description How the token is put into a call.
         */
        AuthInput: {
            type: components["schemas"]["AuthType"];
            /**
             * Name
             * @description The header's or the query parameter's name, which both need; with `bearer` the scheme, if it is not Bearer.
             */
            name?: string | null;
            /**
             * Username
             * @description With `basic`. Without it, the token is the user name, and the password is `x`.
             */
            username?: string | null;
        };
        /**
         * AuthOutput
         * @description How the token is put into a call.
         */
        AuthOutput: {
            type: components["schemas"]["AuthType"];
            /** Name */
            name?: string;
            /** Username */
            username?: string;
        };
        /**
         * AuthType
         * @description How a token is put into a call.
         * @enum {string}
         */
        AuthType: "bearer" | "basic" | "header" | "query";
        /**
         * DestinationInput
         * @description Where the token may go; it replaces the whole destination. Of a provider, only what is other has to be given.
         */
        DestinationInput: {
            /** Base Url */
            base_url?: string | null;
            auth?: components["schemas"]["AuthInput"] | null;
            verify?: components["schemas"]["VerificationInput"] | null;
        };
        /**
         * DestinationOutput
         * @description Where the token may go.
         */
        DestinationOutput: {
            /** Base Url */
            base_url: string;
            auth: components["schemas"]["AuthOutput"];
            verify?: components["schemas"]["VerificationOutput"];
        };
        /**
         * EventOutput
         * @description Something that was done. It never changes, but for names and emails: they go when their user is erased.
         * @example {
         *       "action": "integration.token_replaced",
         *       "actor": {
         *         "key_id": "0192f0c0-90e2-7f3c-8b1d-5e6f708192a3",
         *         "name": "payroll sync"
         *       },
         *       "at": "2026-01-02T03:04:05.678901Z",
         *       "changes": {
         *         "status": [
         *           "inactive",
         *           "active"
         *         ],
         *         "token": {
         *           "version": [
         *             3,
         *             4
         *           ]
         *         }
         *       },
         *       "id": "0192f0c3-1f5e-7d2b-8a6c-9fa0b1c2d3e4",
         *       "request_id": "0192f0c3-1f5e-7d2b-8a6c-000000000000",
         *       "resource": {
         *         "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4",
         *         "type": "integration"
         *       }
         *     }
         */
        EventOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            actor: components["schemas"]["ActorOutput"];
            /** Action */
            action: string;
            resource: components["schemas"]["ResourceReference"];
            /**
             * Changes
             * @description Field → [old, new], only what changed; null where there was or is no value, and for both where a name or email has been erased with its user. Of a token only the versions.
             */
            changes: {
                [key: string]: unknown[] | {
                    [key: string]: unknown[];
                };
            };
            /**
             * Request Id
             * @description Null where it was no request, but a command or the service itself.
             */
            request_id: string | null;
        };
        /**
         * EventPage
         * @description A page of events.
         */
        EventPage: {
            /** Items */
            items: components["schemas"]["EventOutput"][];
            /**
             * Next Cursor
             * @description For the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description With `include_total=true`.
             */
            total?: number;
        };
        /**
         * IntegrationCreate
         * @description A new integration.
         */
        IntegrationCreate: {
            /**
             * Name
             * @example HubSpot EMEA
             */
            name: string;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /**
             * Token
             * Format: password
             * @description Goes in and never comes out. Not a mask such as `****`.
             */
            token: string;
            /** @default active */
            status: components["schemas"]["IntegrationStatus"];
            /** Provider */
            provider?: ("hubspot" | "salesforce" | "pipedrive" | "stripe" | "personio" | "bamboohr" | "zoho_crm" | "dynamics" | "slack" | "github") | null;
            destination?: components["schemas"]["DestinationInput"] | null;
        };
        /**
         * IntegrationOutput
         * @description An integration; its token is never shown.
         * @example {
         *       "created_at": "2026-01-02T03:04:05.678901Z",
         *       "destination": {
         *         "auth": {
         *           "type": "bearer"
         *         },
         *         "base_url": "https://api.hubapi.com",
         *         "verify": {
         *           "method": "GET",
         *           "path": "/account-info/v3/details",
         *           "rejected": [
         *             401
         *           ],
         *           "valid": [
         *             200,
         *             403
         *           ]
         *         }
         *       },
         *       "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4",
         *       "last_result": "valid",
         *       "last_verified_at": "2026-02-03T04:05:06.789012Z",
         *       "name": "HubSpot EMEA",
         *       "status": "active",
         *       "token_last_used_at": "2026-02-03T04:05:06.789012Z",
         *       "token_set_at": "2026-01-02T03:04:05.678901Z",
         *       "token_version": 1,
         *       "updated_at": "2026-01-02T03:04:05.678901Z",
         *       "user": {
         *         "email": "ada@example.com",
         *         "first_name": "Ada",
         *         "id": "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4",
         *         "last_name": "Lovelace"
         *       }
         *     }
         */
        IntegrationOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            status: components["schemas"]["IntegrationStatus"];
            user: components["schemas"]["UserReference"];
            /**
             * Token Version
             * @description Counts the tokens that it has had, from 1.
             */
            token_version: number;
            /**
             * Token Set At
             * Format: date-time
             */
            token_set_at: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            destination: components["schemas"]["DestinationOutput"] | null;
            /**
             * Token Last Used At
             * @description Written at most once a minute; not a part of the ETag.
             */
            token_last_used_at: string | null;
            /** Last Verified At */
            last_verified_at: string | null;
            /** @description Of the last verification of this token. */
            last_result: components["schemas"]["TokenResult"] | null;
        };
        /**
         * IntegrationPage
         * @description A page of integrations.
         */
        IntegrationPage: {
            /** Items */
            items: components["schemas"]["IntegrationOutput"][];
            /**
             * Next Cursor
             * @description For the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description With `include_total=true`.
             */
            total?: number;
        };
        /**
         * IntegrationPatch
         * @description Changes of an integration; what is left out stays. A token erases the one before it.
         */
        IntegrationPatch: {
            /**
             * Name
             * @example HubSpot EMEA
             */
            name?: string;
            status?: components["schemas"]["IntegrationStatus"];
            /**
             * User Id
             * Format: uuid
             */
            user_id?: string;
            /**
             * Token
             * Format: password
             * @description Goes in and never comes out. Not a mask such as `****`.
             */
            token?: string;
            /**
             * Provider
             * @description Fills what `destination` leaves out.
             * @enum {string}
             */
            provider?: "hubspot" | "salesforce" | "pipedrive" | "stripe" | "personio" | "bamboohr" | "zoho_crm" | "dynamics" | "slack" | "github";
            /** @description Another `base_url` or `auth`, or null, needs a new `token` with it. */
            destination?: components["schemas"]["DestinationInput"] | null;
        };
        /**
         * IntegrationReference
         * @description An integration of a user.
         */
        IntegrationReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "inactive";
        };
        /**
         * IntegrationStats
         * @description How many integrations there are.
         */
        IntegrationStats: {
            /** Total */
            total: number;
            /** Active */
            active: number;
            /** Inactive */
            inactive: number;
        };
        /**
         * IntegrationStatus
         * @description Whether an integration may be used; new ones are active.
         * @enum {string}
         */
        IntegrationStatus: "active" | "inactive";
        /**
         * IssuedKeyOutput
         * @description A new access key with its secret, shown this once.
         * @example {
         *       "api_version": "2",
         *       "created_at": "2026-01-02T03:04:05.678901Z",
         *       "expires_at": "2027-01-02T03:04:05Z",
         *       "id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
         *       "last_used_at": "2026-02-03T04:05:06.789012Z",
         *       "name": "Nightly export",
         *       "scopes": [
         *         "integrations:read",
         *         "integrations:use"
         *       ],
         *       "secret": "rk_0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f_0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0Aa0AaZ",
         *       "status": "active",
         *       "use_limits": {
         *         "integration_ids": [
         *           "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4"
         *         ],
         *         "methods": [
         *           "GET",
         *           "HEAD"
         *         ],
         *         "path_prefix": "/crm/v3"
         *       }
         *     }
         */
        IssuedKeyOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["AccessScope"][];
            /** @description The limits of `integrations:use`; null: there are none. A PATCH does not change them: make a new key. */
            use_limits: components["schemas"]["UseLimitsOutput"] | null;
            status: components["schemas"]["AccessKeyStatus"];
            /**
             * Api Version
             * @description The minor that it is served without X-API-Version.
             */
            api_version: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Last Used At
             * @description Written at most once a minute; not a part of the ETag.
             */
            last_used_at: string | null;
            /**
             * Secret
             * @description The whole Bearer string. Keep it safe: nothing shows it again, no repetition either.
             */
            secret?: string;
        };
        /**
         * ProviderList
         * @description All providers.
         */
        ProviderList: {
            /** Items */
            items: components["schemas"]["ProviderOutput"][];
        };
        /**
         * ProviderOutput
         * @description What a destination at this provider has; a part of `base_url` in braces is each customer's own.
         */
        ProviderOutput: {
            /** Base Url */
            base_url: string;
            auth: components["schemas"]["AuthOutput"];
            verify?: components["schemas"]["VerificationOutput"];
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Documentation */
            documentation: string;
        };
        /**
         * ReassignedCount
         * @description How many integrations have another user now.
         */
        ReassignedCount: {
            /** Count */
            count: number;
        };
        /**
         * Reassignment
         * @description Who is to have all integrations of a user.
         */
        Reassignment: {
            /**
             * To User Id
             * Format: uuid
             */
            to_user_id: string;
        };
        /**
         * ResourceReference
         * @description What it was done to; it may be gone.
         */
        ResourceReference: {
            /** Type */
            type: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * SessionCreate
         * @description Signing in.
         */
        SessionCreate: {
            /**
             * Access Key
             * Format: password
             */
            access_key: string;
        };
        /**
         * SessionOutput
         * @description Who is signed in, or calls with an access key.
         * @example {
         *       "api_version": "2",
         *       "expires_at": "2026-01-02T15:04:05.678901Z",
         *       "key_id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
         *       "name": "Nightly export",
         *       "scopes": [
         *         "users:read",
         *         "integrations:read"
         *       ]
         *     }
         */
        SessionOutput: {
            /**
             * Key Id
             * @description The access key; null for the administrator's.
             */
            key_id: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["AccessScope"][];
            /**
             * Api Version
             * @description The minor that is served without X-API-Version.
             */
            api_version: string;
            /**
             * Expires At
             * @description When it ends at the latest; a session also ends after an hour without a call.
             */
            expires_at: string | null;
        };
        /**
         * TeamCreate
         * @description A new team.
         */
        TeamCreate: {
            /**
             * Name
             * @example Sales EMEA
             */
            name: string;
            /**
             * User Ids
             * @description Users to be in it.
             * @default []
             */
            user_ids: string[];
        };
        /**
         * TeamOutput
         * @description A team.
         * @example {
         *       "created_at": "2026-01-02T03:04:05.678901Z",
         *       "id": "0192f0c0-5b1d-7e2f-8a3c-1d2e3f405162",
         *       "members_count": 12,
         *       "name": "Sales EMEA",
         *       "updated_at": "2026-01-02T03:04:05.678901Z"
         *     }
         */
        TeamOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Members Count */
            members_count: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * TeamPage
         * @description A page of teams.
         */
        TeamPage: {
            /** Items */
            items: components["schemas"]["TeamOutput"][];
            /**
             * Next Cursor
             * @description For the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description With `include_total=true`.
             */
            total?: number;
        };
        /**
         * TeamPatch
         * @description Changes of a team; what is left out stays.
         */
        TeamPatch: {
            /**
             * Name
             * @example Sales EMEA
             */
            name?: string;
            /**
             * User Ids
             * @description Replaces all memberships.
             */
            user_ids?: string[];
        };
        /**
         * TeamReference
         * @description A team of a user.
         */
        TeamReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * TeamStats
         * @description How many teams there are.
         */
        TeamStats: {
            /** Total */
            total: number;
        };
        /**
         * TokenResult
         * @description What a verification has found out.
         * @enum {string}
         */
        TokenResult: "valid" | "rejected" | "unreachable" | "unknown";
        /**
         * UseLimitsInput
         * @description What an access key may use tokens for: at least one limit; null or left out: no such limit.
         */
        UseLimitsInput: {
            /**
             * Integration Ids
             * @description Only these integrations. Nobody looks whether they are there.
             */
            integration_ids?: string[] | null;
            /**
             * Methods
             * @description Only these methods.
             */
            methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[] | null;
            /**
             * Path Prefix
             * @description Only this path below the destination's `base_url`, and what is below it: `/crm/v3` is good for `/crm/v3` and `/crm/v3/objects`, not for `/crm/v30`. A `/` at its end is cut off.
             * @example /crm/v3
             */
            path_prefix?: string | null;
        };
        /**
         * UseLimitsOutput
         * @description What an access key may use tokens for; null in a member: no such limit.
         */
        UseLimitsOutput: {
            /**
             * Integration Ids
             * @description Only these integrations.
             */
            integration_ids: string[] | null;
            /**
             * Methods
             * @description Only these methods.
             */
            methods: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[] | null;
            /**
             * Path Prefix
             * @description Only this path below the destination's `base_url`, and what is below it.
             */
            path_prefix: string | null;
        };
        /**
         * UserCreate
         * @description A new user.
         */
        UserCreate: {
            /**
             * First Name
             * @example Ada
             */
            first_name: string;
            /**
             * Last Name
             * @example Lovelace
             */
            last_name: string;
            /**
             * Email
             * @example ada@example.com
             */
            email: string;
            /** @default active */
            status: components["schemas"]["UserStatus"];
            /**
             * Team Ids
             * @description Teams to be in.
             * @default []
             */
            team_ids: string[];
        };
        /**
         * UserOutput
         * @description A user.
         * @example {
         *       "created_at": "2026-01-02T03:04:05.678901Z",
         *       "email": "ada@example.com",
         *       "first_name": "Ada",
         *       "id": "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4",
         *       "integrations": [
         *         {
         *           "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4",
         *           "name": "HubSpot",
         *           "status": "active"
         *         }
         *       ],
         *       "last_name": "Lovelace",
         *       "status": "active",
         *       "teams": [
         *         {
         *           "id": "0192f0c0-5b1d-7e2f-8a3c-1d2e3f405162",
         *           "name": "Sales EMEA"
         *         }
         *       ],
         *       "updated_at": "2026-01-02T03:04:05.678901Z"
         *     }
         */
        UserOutput: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** First Name */
            first_name: string;
            /** Last Name */
            last_name: string;
            /** Email */
            email: string;
            status: components["schemas"]["UserStatus"];
            /** Teams */
            teams: components["schemas"]["TeamReference"][];
            /** Integrations */
            integrations: components["schemas"]["IntegrationReference"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * UserPage
         * @description A page of users.
         */
        UserPage: {
            /** Items */
            items: components["schemas"]["UserOutput"][];
            /**
             * Next Cursor
             * @description For the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description With `include_total=true`.
             */
            total?: number;
        };
        /**
         * UserPatch
         * @description Changes of a user; what is left out stays.
         */
        UserPatch: {
            /**
             * First Name
             * @example Ada
             */
            first_name?: string;
            /**
             * Last Name
             * @example Lovelace
             */
            last_name?: string;
            /**
             * Email
             * @example ada@example.com
             */
            email?: string;
            status?: components["schemas"]["UserStatus"];
            /**
             * Team Ids
             * @description Replaces all memberships.
             */
            team_ids?: string[];
        };
        /**
         * UserReference
         * @description The user of an integration.
         */
        UserReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** First Name */
            first_name: string;
            /** Last Name */
            last_name: string;
            /** Email */
            email: string;
        };
        /**
         * UserStats
         * @description How many users there are.
         */
        UserStats: {
            /** Total */
            total: number;
            /** Active */
            active: number;
            /** Pending */
            pending: number;
            /** Inactive */
            inactive: number;
        };
        /**
         * UserStatus
         * @description Where a person stands; new ones are active.
         * @enum {string}
         */
        UserStatus: "active" | "pending" | "inactive";
        /**
         * VerificationInput
         * @description The call that shows whether the token works.
         */
        VerificationInput: {
            /**
             * Method
             * @default GET
             * @enum {string}
             */
            method: "GET" | "HEAD" | "POST";
            /**
             * Path
             * @description Behind the prefix of `base_url`; a query may follow.
             * @example /account-info/v3/details
             */
            path: string;
            /**
             * Valid
             * @description Answers of a token that works.
             * @default [
             *       200
             *     ]
             */
            valid: number[];
            /**
             * Rejected
             * @description Answers of one that does not.
             * @default [
             *       401
             *     ]
             */
            rejected: number[];
        };
        /**
         * VerificationOutput
         * @description The call that shows whether the token works.
         */
        VerificationOutput: {
            /** Method */
            method: string;
            /** Path */
            path: string;
            /** Valid */
            valid: number[];
            /** Rejected */
            rejected: number[];
        };
        /**
         * VerificationResult
         * @description What a verification has found out: `unknown` where the answer, or the want of a `verify`, does not tell.
         * @example {
         *       "checked_at": "2026-02-03T04:05:06.789012Z",
         *       "result": "valid",
         *       "status": 200
         *     }
         */
        VerificationResult: {
            result: components["schemas"]["TokenResult"];
            /**
             * Status
             * @description That of the answer; null where there was none.
             */
            status: number | null;
            /**
             * Checked At
             * Format: date-time
             */
            checked_at: string;
        };
        /**
         * FieldProblem
         * @description What is wrong with one value, and where: a JSON pointer (RFC 6901) into the body or the query.
         */
        FieldProblem: {
            /**
             * Pointer
             * @example /email
             */
            pointer: string;
            /**
             * Code
             * @example string_too_long
             */
            code: string;
            /**
             * Message
             * @example String should have at most 50 characters
             */
            message: string;
        };
        /**
         * ProblemDocument
         * @description An error (RFC 9457). It never repeats a rejected value.
         */
        ProblemDocument: {
            /**
             * Type
             * @example /problems/validation_error
             */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /** Code */
            code: string;
            /** Request Id */
            request_id: string;
            /**
             * Errors
             * @description With 422: each value that was refused.
             */
            errors?: components["schemas"]["FieldProblem"][];
            /**
             * Integration Ids
             * @description With `user_has_active_integrations`: what stands in the way.
             */
            integration_ids?: string[];
            /**
             * Supported Versions
             * @description With `unsupported_api_version`: the known minors.
             */
            supported_versions?: string[];
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: {
        /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
        "X-Request-ID": string;
        /** @description The ETag of a representation that the client has: 304 if it is still right. */
        "If-None-Match": string;
        /** @description For 24 hours, a repeated request with it gets the same answer, and nothing is done twice. */
        "Idempotency-Key": string;
        /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
        "If-Match": string;
        /** @description The minor to be served by; without it, the one that the access key was made for. */
        "X-API-Version": "2";
    };
    requestBodies: never;
    headers: {
        /** @description The minor that served the request. */
        "X-API-Version": string;
        /** @description The id of the request: the client's own, when it is sane. */
        "X-Request-ID": string;
        /** @description `<revision>.<digest>` of the representation: for `If-Match` and `If-None-Match`. */
        ETag: string;
        /** @description The path of what was made. */
        Location: string;
        /** @description The next page (RFC 8288): `<…>; rel="next"`; missing at the end. */
        Link: string;
        /** @description `true`: the answer is the destination's, whatever its status. */
        "X-Remuner-Upstream": "true";
        /** @description `true`, where an earlier request with the same Idempotency-Key was answered so. */
        "Idempotency-Replayed": "true";
        /** @description Seconds to wait before trying again. */
        "Retry-After": number;
        /** @description The session's cookie: HttpOnly, SameSite=Strict, and Secure over https. */
        "Set-Cookie": string;
        /** @description How to authenticate (RFC 6750). */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    count_users: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserStats"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of a representation that the client has: 304 if it is still right. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOutput"];
                };
            };
            /** @description The client has it already. */
            304: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "user_not_found";
                    };
                };
            };
            /** @description `user_has_active_integrations` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "user_has_active_integrations";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "user_not_found";
                    };
                };
            };
            /** @description `email_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "email_taken";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `team_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "team_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                sort?: "created_at" | "-created_at" | "last_name" | "-last_name" | "email" | "-email";
                /** @description Part of either name or of the email, in any case. */
                q?: string;
                status?: components["schemas"]["UserStatus"];
                team_id?: string;
                /** @description Changed at or after this moment (RFC 3339). */
                updated_since?: string;
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with it gets the same answer, and nothing is done twice. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `idempotency_in_progress`, `email_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "email_taken";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `idempotency_key_reused`, `team_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "idempotency_key_reused" | "team_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    count_teams: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamStats"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    get_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of a representation that the client has: 304 if it is still right. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOutput"];
                };
            };
            /** @description The client has it already. */
            304: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `team_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    delete_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `team_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    update_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `team_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found";
                    };
                };
            };
            /** @description `team_name_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_name_taken";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `user_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_teams: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                sort?: "created_at" | "-created_at" | "name" | "-name";
                /** @description Part of the name, in any case. */
                q?: string;
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    create_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with it gets the same answer, and nothing is done twice. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `idempotency_in_progress`, `team_name_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "team_name_taken";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `idempotency_key_reused`, `user_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "idempotency_key_reused" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_team_members: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                sort?: "created_at" | "-created_at" | "last_name" | "-last_name" | "email" | "-email";
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `team_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    add_team_member: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `team_not_found`, `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    remove_team_member: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                team_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `team_not_found`, `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "team_not_found" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    count_integrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationStats"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    get_integration: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of a representation that the client has: 304 if it is still right. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOutput"];
                };
            };
            /** @description The client has it already. */
            304: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    delete_integration: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    update_integration: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_name_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_name_taken";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `user_not_found`, `token_required` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "user_not_found" | "token_required";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_integrations: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                sort?: "created_at" | "-created_at" | "name" | "-name";
                /** @description Part of the name, in any case. */
                q?: string;
                status?: components["schemas"]["IntegrationStatus"];
                user_id?: string;
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    create_integration: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with it gets the same answer, and nothing is done twice. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `idempotency_in_progress`, `integration_name_taken` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress" | "integration_name_taken";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `idempotency_key_reused`, `user_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "idempotency_key_reused" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    reassign_integrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reassignment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReassignedCount"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `user_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "user_not_found";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `user_not_found` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "user_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_providers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderList"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    verify_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationResult"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    proxy_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    proxy_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        /** @description Whatever the destination takes. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    proxy_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        /** @description Whatever the destination takes. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    proxy_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        /** @description Whatever the destination takes. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    proxy_options: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        /** @description Whatever the destination takes. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    proxy_patch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                integration_id: string;
                /** @description Where to, behind the prefix of the destination's `base_url`. */
                path: string;
            };
            cookie?: never;
        };
        /** @description Whatever the destination takes. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The destination's answer. */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request`, `key_limited`, `destination_forbidden` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request" | "key_limited" | "destination_forbidden";
                    };
                };
            };
            /** @description `integration_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_not_found";
                    };
                };
            };
            /** @description `integration_inactive`, `no_destination` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "integration_inactive" | "no_destination";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited`, `integration_busy` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited" | "integration_busy";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `upstream_unreachable`, `upstream_too_large`, `upstream_malformed` */
            502: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_unreachable" | "upstream_too_large" | "upstream_malformed";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
            /** @description `upstream_timeout` */
            504: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "upstream_timeout";
                    };
                };
            };
            /** @description The destination's answer. */
            default: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "X-Remuner-Upstream": components["headers"]["X-Remuner-Upstream"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    end_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "cross_site_request";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    get_access_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of a representation that the client has: 304 if it is still right. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                access_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyOutput"];
                };
            };
            /** @description The client has it already. */
            304: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `access_key_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "access_key_not_found";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    delete_access_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                access_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `access_key_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "access_key_not_found";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    update_access_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read: 412 if the resource's own fields have changed since. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path: {
                access_key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessKeyPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `access_key_not_found` */
            404: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "access_key_not_found";
                    };
                };
            };
            /** @description `precondition_failed` */
            412: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_access_keys: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                sort?: "created_at" | "-created_at";
                /** @description Part of the name, in any case. */
                q?: string;
                status?: components["schemas"]["AccessKeyStatus"];
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    create_access_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, a repeated request with it gets the same answer, and nothing is done twice. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessKeyCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedKeyOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope`, `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope" | "cross_site_request";
                    };
                };
            };
            /** @description `idempotency_in_progress` */
            409: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_in_progress";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error`, `idempotency_key_reused` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "idempotency_key_reused";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOutput"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    start_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionCreate"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOutput"];
                };
            };
            /** @description `unsupported_api_version`, `malformed_json` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version" | "malformed_json";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "cross_site_request";
                    };
                };
            };
            /** @description `payload_too_large` */
            413: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type` */
            415: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description `validation_error` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `cross_site_request` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "cross_site_request";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
    list_audit_events: {
        parameters: {
            query?: {
                /** @description At most so many items. */
                limit?: number;
                /** @description `next_cursor` of the page before; with the same filters and sort. */
                cursor?: string;
                /** @description Also count all items that match. */
                include_total?: boolean;
                /** @description Always the newest first. */
                sort?: "-at";
                resource_type?: string;
                resource_id?: string;
                action?: string;
                /** @description The access key that did it. */
                key_id?: string;
                /** @description At this moment or later. */
                since?: string;
                /** @description Before this moment. */
                until?: string;
            };
            header?: {
                /** @description The minor to be served by; without it, the one that the access key was made for. */
                "X-API-Version"?: components["parameters"]["X-API-Version"];
                /** @description Names the request in logs: up to 128 letters, digits and `._-`. */
                "X-Request-ID"?: components["parameters"]["X-Request-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description `unsupported_api_version` */
            400: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unsupported_api_version";
                    };
                };
            };
            /** @description `unauthenticated` */
            401: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description `missing_scope` */
            403: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "missing_scope";
                    };
                };
            };
            /** @description `validation_error`, `invalid_cursor` */
            422: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "validation_error" | "invalid_cursor";
                    };
                };
            };
            /** @description `rate_limited` */
            429: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error` */
            500: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `service_unavailable` */
            503: {
                headers: {
                    "X-API-Version": components["headers"]["X-API-Version"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                };
            };
        };
    };
}
