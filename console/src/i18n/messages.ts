import type { Code } from "../api/client";
import type { Scope } from "../composables/session";

type Pair = readonly [en: string, es: string];
type Say = (...given: never[]) => string;
/** A message in both languages; some have to be given what they speak of. */
export type Words = Pair | readonly [en: Say, es: Say];
export interface Tree {
  [name: string]: Words | Tree;
}

const GONE: Pair = ["This person does not exist any more.", "Esta persona ya no existe."];
const NEEDED: Pair = ["This is needed.", "Es obligatorio."];
const UNREADABLE: Pair = [
  "The service could not read the request. Reload the page, then try again.",
  "El servicio no ha podido leer la petición. Recarga la página y vuelve a intentarlo.",
];
const UPSTREAM: Pair = [
  "The other system did not give an answer that can be used. Try again later.",
  "El otro sistema no ha dado una respuesta que se pueda usar. Vuelve a intentarlo más tarde.",
];
const UPDATED: Pair = [
  "The service has been updated. Reload the page.",
  "El servicio se ha actualizado. Recarga la página.",
];

/** Everything that the console says. A language that lacks a message, or a code without a sentence, does not compile. */
export const messages = {
  actions: {
    "user.created": ["Person added", "Persona añadida"],
    "user.updated": ["Person changed", "Persona cambiada"],
    "user.deleted": ["Person deleted", "Persona borrada"],
    "team.created": ["Team added", "Equipo añadido"],
    "team.updated": ["Team changed", "Equipo cambiado"],
    "team.deleted": ["Team deleted", "Equipo borrado"],
    "team.member_added": ["Person put in a team", "Persona incluida en un equipo"],
    "team.member_removed": ["Person taken out of a team", "Persona sacada de un equipo"],
    "integration.created": ["Integration added", "Integración añadida"],
    "integration.updated": ["Integration changed", "Integración cambiada"],
    "integration.reassigned": ["Integration given to somebody else", "Integración asignada a otra persona"],
    "integration.token_replaced": ["Token replaced", "Token sustituido"],
    "integration.use_intended": ["Call of another system begins", "Empieza una llamada a otro sistema"],
    "integration.use_ended": ["Other system called", "Llamada a otro sistema"],
    "integration.verify_intended": ["Verification of the token begins", "Empieza la verificación del token"],
    "integration.verify_ended": ["Token verified", "Token verificado"],
    "integration.deleted": ["Integration deleted", "Integración borrada"],
    "access_key.created": ["Access key created", "Clave de acceso creada"],
    "access_key.updated": ["Access key changed", "Clave de acceso cambiada"],
    "access_key.deleted": ["Access key deleted", "Clave de acceso borrada"],
    "session.created": ["Signed in", "Sesión iniciada"],
    "session.ended": ["Signed out", "Sesión terminada"],
  },
  errors: {
    connection_lost: [
      "The service cannot be reached. Check your connection, then try again.",
      "No se puede conectar con el servicio. Revisa tu conexión y vuelve a intentarlo.",
    ],
    unauthenticated: [
      "You are not signed in any more. Sign in again; what you typed is not saved.",
      "Tu sesión ha terminado. Vuelve a entrar; lo que escribiste no se ha guardado.",
    ],
    missing_scope: [
      "Your access key does not allow this. Ask whoever manages access keys for one that does.",
      "Tu clave de acceso no permite esto. Pide una que lo permita a quien gestiona las claves.",
    ],
    cross_site_request: [
      "This page is at another address than the service. Open the console at the service's own address.",
      "Esta página está en una dirección distinta de la del servicio. Abre la consola en la del servicio.",
    ],
    rate_limited: [
      "Too many wrong access keys came from here. Wait a moment, then try again.",
      "Han llegado demasiadas claves erróneas desde aquí. Espera un momento y vuelve a intentarlo.",
    ],
    service_unavailable: [
      "The service cannot answer right now. Look whether it was done, then try again in a few seconds.",
      "El servicio no puede responder ahora. Mira si se ha hecho y vuelve a intentarlo en unos segundos.",
    ],
    internal_error: [
      "Something went wrong on our side. Try again; if it happens again, tell us the request number.",
      "Algo ha fallado por nuestra parte. Vuelve a intentarlo; si se repite, dinos el número de la petición.",
    ],
    precondition_failed: ["Somebody else changed this meanwhile.", "Otra persona lo ha cambiado entretanto."],
    user_has_active_integrations: [
      "This person has active integrations. Deactivate them, or give them to somebody else.",
      "Esta persona tiene integraciones activas. Desactívalas o asígnalas a otra persona.",
    ],
    email_taken: ["Somebody has this email already.", "Alguien tiene ya este correo."],
    team_name_taken: ["There is a team with this name already.", "Ya hay un equipo con este nombre."],
    integration_name_taken: [
      "There is an integration with this name already.",
      "Ya hay una integración con este nombre.",
    ],
    integration_inactive: [
      "This integration, or the person it belongs to, is inactive.",
      "Esta integración, o la persona a la que pertenece, está inactiva.",
    ],
    no_destination: [
      "This integration has no destination yet. Edit it to say where its token is used.",
      "Esta integración todavía no tiene destino. Edítala para decir dónde se usa su token.",
    ],
    token_required: [
      "A new destination needs its token: the old one never goes to a new address.",
      "Un destino nuevo necesita su token: el anterior nunca va a una dirección nueva.",
    ],
    destination_forbidden: [
      "The destination is not a public address. Ask whoever runs the service to open it.",
      "El destino no es una dirección pública. Pide a quien gestiona el servicio que lo abra.",
    ],
    key_limited: [
      "Your access key is limited to other integrations or calls.",
      "Tu clave de acceso está limitada a otras integraciones o llamadas.",
    ],
    integration_busy: [
      "This integration is in use too much right now. Try again in a moment.",
      "Esta integración se está usando demasiado ahora. Vuelve a intentarlo en un momento.",
    ],
    upstream_unreachable: UPSTREAM,
    upstream_timeout: UPSTREAM,
    upstream_too_large: UPSTREAM,
    upstream_malformed: UPSTREAM,
    user_not_found: GONE,
    team_not_found: ["This team does not exist any more.", "Este equipo ya no existe."],
    integration_not_found: ["This integration does not exist any more.", "Esta integración ya no existe."],
    access_key_not_found: ["This access key does not exist any more.", "Esta clave de acceso ya no existe."],
    validation_error: ["Some fields need your attention.", "Algunos campos necesitan tu atención."],
    invalid_cursor: [
      "This page of the list is out of date. Go back to the first page.",
      "Esta página de la lista ya no es válida. Vuelve a la primera página.",
    ],
    payload_too_large: [
      "This is too much for one request. Send less at once.",
      "Es demasiado para una sola petición. Envía menos datos a la vez.",
    ],
    idempotency_in_progress: [
      "The same request is being carried out. Wait a moment.",
      "La misma petición se está llevando a cabo. Espera un momento.",
    ],
    idempotency_key_reused: [
      "The first try may have been carried out. Look at the list before you send this again.",
      "Puede que el primer intento se haya llevado a cabo. Mira la lista antes de enviarlo de nuevo.",
    ],
    malformed_json: UNREADABLE,
    unsupported_media_type: UNREADABLE,
    unsupported_api_version: UPDATED,
    not_found: UPDATED,
    method_not_allowed: UPDATED,
  } satisfies Record<Code, Words>,
  scopes: {
    "users:read": ["See people and teams", "Ver personas y equipos"],
    "users:write": ["Create, change and delete people and teams", "Crear, cambiar y borrar personas y equipos"],
    "integrations:read": ["See integrations, never their tokens", "Ver integraciones, nunca sus tokens"],
    "integrations:write": [
      "Create, change and delete integrations, replace tokens",
      "Crear, cambiar y borrar integraciones, sustituir tokens",
    ],
    "integrations:use": ["Call other systems with their tokens", "Llamar a otros sistemas con sus tokens"],
    "integrations:verify": ["Check whether tokens still work", "Comprobar si los tokens siguen funcionando"],
    "access:manage": ["Manage access keys", "Gestionar claves de acceso"],
    "audit:read": ["Read the audit trail", "Leer el registro de auditoría"],
    "metrics:read": ["Read the metrics of the service", "Leer las métricas del servicio"],
  } satisfies Record<Scope, Words>,
  fieldErrors: {
    missing: NEEDED,
    email: [
      "This is not an email address, such as ada@example.com.",
      "No es una dirección de correo, como ada@example.com.",
    ],
    string_too_short: NEEDED,
    string_too_long: ["This is too long.", "Es demasiado largo."],
    string_pattern_mismatch: [
      "This has characters that are not allowed here.",
      "Tiene caracteres que aquí no se admiten.",
    ],
    token_characters: [
      "A token has printable ASCII characters only.",
      "Un token solo tiene caracteres ASCII imprimibles.",
    ],
    masked_token: [
      "This is a mask, not a token. Paste the token itself.",
      "Esto es una máscara, no un token. Pega el token.",
    ],
    user_not_found: GONE,
    team_not_found: ["One of these teams does not exist any more.", "Uno de estos equipos ya no existe."],
    in_the_past: ["Choose a moment in the future.", "Elige un momento futuro."],
    other: ["This was not accepted.", "No se ha aceptado."],
  },
  tooLong: [(most: number) => `At most ${most} characters.`, (most: number) => `Como mucho ${most} caracteres.`],
  requestId: [(id: string) => `Request number: ${id}`, (id: string) => `Número de la petición: ${id}`],
  never: ["Never", "Nunca"],
  skip: ["Skip to the content", "Saltar al contenido"],
  menu: ["Menu", "Menú"],
  nav: ["Pages", "Páginas"],
  theme: { light: ["Use the light theme", "Usar el tema claro"], dark: ["Use the dark theme", "Usar el tema oscuro"] },
  signIn: {
    title: ["Sign in", "Entrar"],
    hint: [
      "With an access key: rk_… The first one was printed when the service started for the first time.",
      "Con una clave de acceso: rk_… La primera se mostró cuando el servicio arrancó por primera vez.",
    ],
    key: ["Access key", "Clave de acceso"],
    show: ["Show what is typed", "Mostrar lo escrito"],
    act: ["Sign in", "Entrar"],
    wrong: [
      "This access key is wrong, expired or inactive.",
      "Esta clave de acceso es errónea, ha caducado o está inactiva.",
    ],
    ended: ["Your session has ended. Sign in again.", "Tu sesión ha terminado. Vuelve a entrar."],
  },
  signOut: ["Sign out", "Cerrar sesión"],
  signOutEverywhere: ["Sign out everywhere", "Cerrar todas las sesiones"],
  signedInAs: [(name: string) => `Signed in as ${name}`, (name: string) => `Has entrado como ${name}`],
  overview: {
    title: ["Overview", "Resumen"],
    newest: ["Newest changes", "Últimos cambios"],
    all: ["See the audit trail", "Ver el registro de auditoría"],
  },
  users: {
    title: ["People", "Personas"],
    create: ["Add a person", "Añadir una persona"],
    empty: ["No people yet.", "Aún no hay personas."],
  },
  teams: {
    title: ["Teams", "Equipos"],
    create: ["Add a team", "Añadir un equipo"],
    empty: ["No teams yet.", "Aún no hay equipos."],
  },
  integrations: {
    title: ["Integrations", "Integraciones"],
    create: ["Add an integration", "Añadir una integración"],
    empty: ["No integrations yet.", "Aún no hay integraciones."],
  },
  keys: {
    title: ["Access keys", "Claves de acceso"],
    create: ["Create an access key", "Crear una clave"],
    empty: ["No access keys yet.", "Aún no hay claves."],
  },
  audit: { title: ["Audit trail", "Auditoría"], empty: ["Nothing has happened yet.", "Aún no ha pasado nada."] },
  notFound: {
    title: ["There is no such page", "No existe esta página"],
    back: ["Go to the overview", "Ir al resumen"],
  },
  fields: {
    name: ["Name", "Nombre"],
    first_name: ["First name", "Nombre"],
    last_name: ["Last name", "Apellidos"],
    email: ["Email", "Correo"],
    status: ["Status", "Estado"],
    teams: ["Teams", "Equipos"],
    team_id: ["Team", "Equipo"],
    team_ids: ["Teams", "Equipos"],
    user: ["Person", "Persona"],
    user_id: ["Person", "Persona"],
    user_ids: ["People", "Personas"],
    integrations: ["Integrations", "Integraciones"],
    members_count: ["People", "Personas"],
    token: ["Token", "Token"],
    created_at: ["Created", "Creación"],
    scopes: ["Allowed to", "Permite"],
    expires_at: ["Expires", "Caduca"],
    last_used_at: ["Last used", "Último uso"],
    at: ["When", "Cuándo"],
    actor: ["Who", "Quién"],
    action: ["What", "Qué"],
    resource_type: ["Kind", "Tipo"],
    changes: ["Changes", "Cambios"],
    since: ["From", "Desde"],
    until: ["To", "Hasta"],
  },
  status: { active: ["Active", "Activo"], pending: ["Pending", "Pendiente"], inactive: ["Inactive", "Inactivo"] },
  table: {
    search: ["Search", "Buscar"],
    clear: ["Clear filters", "Quitar filtros"],
    noMatch: ["Nothing matches.", "Sin resultados."],
    loading: ["Loading", "Cargando"],
    details: [(name: string) => `Details of ${name}`, (name: string) => `Detalles de ${name}`],
    edit: [(name: string) => `Edit ${name}`, (name: string) => `Editar ${name}`],
    remove: [(name: string) => `Delete ${name}`, (name: string) => `Borrar ${name}`],
    actions: ["Actions", "Acciones"],
    first: ["First page", "Primera página"],
    previous: ["Previous page", "Página anterior"],
    next: ["Next page", "Página siguiente"],
    total: [(shown: string) => `${shown} in all`, (shown: string) => `${shown} en total`],
    more: ["Show more", "Mostrar más"],
  },
  dialog: {
    cancel: ["Cancel", "Cancelar"],
    save: ["Save", "Guardar"],
    edit: [(what: string) => `Edit ${what}`, (what: string) => `Editar ${what}`],
    remove: [(name: string) => `Delete ${name}?`, (name: string) => `¿Borrar ${name}?`],
    removing: ["This cannot be undone.", "No se puede deshacer."],
    act: ["Delete", "Borrar"],
    retry: ["Try again", "Reintentar"],
    saved: ["Saved.", "Guardado."],
    removed: ["Deleted.", "Borrado."],
    typeToFind: ["Type to find", "Escribe para buscar"],
    nobody: ["Nothing found.", "No se ha encontrado nada."],
    none: ["None", "–"],
  },
  conflict: {
    changed: ["Changed meanwhile:", "Ha cambiado entretanto:"],
    gone: ["Nothing of what this form shows.", "Nada de lo que muestra este formulario."],
    reapply: ["Save my changes anyway", "Guardar mis cambios de todos modos"],
    discard: ["Take theirs", "Quedarme con sus cambios"],
  },
  blocked: {
    listed: ["Active integrations:", "Integraciones activas:"],
    deactivate: ["Deactivate them and delete", "Desactivarlas y borrar"],
    noRight: [
      "Your access key may not change integrations: ask somebody whose key may.",
      "Tu clave de acceso no puede cambiar integraciones: pídelo a alguien cuya clave pueda.",
    ],
  },
  members: {
    add: ["Add a person to the team", "Añadir una persona al equipo"],
    remove: [(name: string) => `Take ${name} out of the team`, (name: string) => `Sacar a ${name} del equipo`],
  },
  kinds: {
    user: ["Person", "Persona"],
    team: ["Team", "Equipo"],
    integration: ["Integration", "Integración"],
    access_key: ["Access key", "Clave de acceso"],
    session: ["Session", "Sesión"],
  },
  token: {
    replace: ["Replace the token", "Sustituir el token"],
    hint: ["It goes in and never comes out.", "Se guarda y no se vuelve a mostrar."],
    replaceHint: ["The old one is erased as soon as you save.", "El anterior se borra en cuanto guardes."],
    version: [
      (version: number, at: string) => `Version ${version}, set ${at}`,
      (version: number, at: string) => `Versión ${version}, del ${at}`,
    ],
  },
  seconds: [(count: number) => `(In ${count} seconds.)`, (count: number) => `(En ${count} segundos.)`],
  secret: {
    lost: [
      "It was created, but its secret was lost on the way: delete it, and create another.",
      "Se ha creado, pero su secreto se perdió por el camino: bórrala y crea otra.",
    ],
    title: ["Your new access key", "Tu nueva clave de acceso"],
    once: [
      "It is shown this once. Copy it now; nobody can show it again.",
      "Solo se muestra esta vez. Cópiala ahora; nadie puede volver a mostrarla.",
    ],
    copy: ["Copy", "Copiar"],
    copied: ["Copied.", "Copiada."],
    done: ["I have copied it", "Ya la he copiado"],

    own: ["You are signed in with this key.", "Has entrado con esta clave."],
  },
} satisfies Tree;
