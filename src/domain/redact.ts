/**
 * Secrets are taken out of everything that is written or exported. What is looked for is what people and programs really put next
 * to a connection: credentials in URLs, headers, environment variables and options, and tokens that show by their form.
 */
import { mapStrings } from './plain-data.ts';

export const REDACTED = '[redacted]';

/**
 * A name that says that its value is a secret: `DB_PASSWORD`, `apiKey`, `x-auth-token`, `JSESSIONID`. PWD is one in a connection string only: in an
 * environment it is a folder.
 */
const KEY = '(?:api|access|account|private|signing|encryption|license|storage|master|hmac)[-_]?key';
const SECRET_WORD = `(?:password|passwd|passphrase|pass_?phrase|passcode|secret|token|${KEY}|credentials?|signature|sess(?:ion)?[-_]?id|_pwd|_pass|\\.sid|(?<![a-z])otp)`;
const SECRET_NAME = `[\\w.-]*${SECRET_WORD}[\\w.-]*`;
/** What follows a name, in the many ways of writing a pair: `=`, `": "`, `\\":\\"`, ` => `. */
const IS = `\\\\*["']?[ \\t]*(?:=>|[=:](?!=))[ \\t]*`;
const VALUE = `(?!(?:yes|no|true|false|null|none|on|off)\\b)(?:\\\\*"[^"]*"|\\\\*'[^']*'|\\[[^\\]\\n]*\\]|[^\\s,;&'"})]+)`;

type Rule = readonly [pattern: RegExp, replacement: string | ((match: string, ...groups: string[]) => string)];

const RULES: readonly Rule[] = [
  // -----BEGIN RSA PRIVATE KEY----- ... -----END RSA PRIVATE KEY-----   (RFC 7468; the end may be missing)
  [/(-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/gu, `$1${REDACTED}`],
  // postgres://orders:s3cr3t@db.example/   https://ghp_abc@github.com/   A password may hold '/', '?' and '#' that nobody escaped.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"<>]*:[^\s@'"<>]*@/giu, `$1${REDACTED}@`],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@'"<>]+@/giu, `$1${REDACTED}@`],
  // orders:s3cr3t@tcp(db.example:3306)/orders   orders:s3cr3t@db.example:5432   jdbc:oracle:thin:scott/tiger@db.example
  [/(?<![\w.:/@-])(?!sha\d+:)([\w.-]+:)(?!\d+@)[^\s:/@'"<>()]+@(?=[a-z0-9[])/giu, `$1${REDACTED}@`],
  [/(\bthin:[^\s/@]+\/)[^\s@]+@/giu, `$1${REDACTED}@`],
  // https://hooks.slack.com/services/T0/B0/abc   https://api.telegram.org/bot1234567:abc/getMe
  [/(\bhooks\.slack\.com\/\w+\/|\bdiscord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/)[^\s'"<>]+/giu, `$1${REDACTED}`],
  [/(\bbot\d{6,}:)[\w-]{20,}/gu, `$1${REDACTED}`],
  // ?access_token=abc&sig=...
  [new RegExp(`([?&;](?:${SECRET_NAME}|key|sig|auth|jwt|code|x-amz-credential)=)[^\\s&;#'"<>]*`, 'giu'), `$1${REDACTED}`],
  // Authorization: Bearer abc   < Set-Cookie: id=1; Path=/   -H 'x-api-key: abc'   (RFC 9110, RFC 6265)
  [/((?:proxy-)?authorization|(?:set-)?cookie2?|x-[\w-]*(?:token|key|auth|secret|signature)[\w-]*|(?:api|private)-(?:key|token))(\\*["']?\s*[:=]\s*)[^\r\n]*/giu, `$1$2${REDACTED}`],
  // sshpass -p hunter2 ssh node   mysql --password=abc   --token abc   curl -u user:abc   curl -b id=abc   redis-cli -a abc   docker login -p abc
  [/(\bsshpass\s+-p\s*)\S+/gu, `$1${REDACTED}`],
  [new RegExp(`(--?${SECRET_NAME}|--(?:pass|oauth2-bearer|cookie)|\\b(?:requirepass|masterauth))([ \\t]*=[ \\t]*|[ \\t]+)(?!-)("[^"]*"|'[^']*'|\\S+)`, 'giu'), `$1$2${REDACTED}`],
  [/(\s(?:-u|-U|--user|--proxy-user)\s*=?\s*['"]?[^\s:'"]+:)(?!\/)[^\s'"]*[a-z_!#$%^&*][^\s'"]*/giu, keepUnlessAddress],
  [/(\bcurl\b[^\n|;]*?\s-b\s*['"]?)[^\s'"=]+=[^\s'"]+/gu, `$1${REDACTED}`],
  [/(\bredis-cli\b[^\n|;]*?\s-a\s+|\b(?:mysql|mariadb)[\w-]*\s(?:[^\n|;]*?\s)?-p|\b(?:docker|podman|helm|oras|crane|skopeo)\s[^\n|;]*?\blogin\b[^\n|;]*?\s-p\s+|--from-literal[= ][^\s=]*=)[^\s-]\S*/gu, `$1${REDACTED}`],
  // "name": "DB_PASSWORD", "value": "abc"   name=API_TOKEN value=abc
  [new RegExp(`((?<![\\w.-])name${IS}["']?${SECRET_NAME}["']?[\\s,;]+["']?value${IS})(${VALUE})`, 'giu'), `$1${REDACTED}`],
  // DB_PASSWORD=abc   "clientSecret": "abc"   password: abc   {\"password\":\"abc\"}   dbpass=abc
  [new RegExp(`((?<![\\w.-])${SECRET_NAME}${IS})(${VALUE})`, 'giu'), `$1${REDACTED}`],
  [new RegExp(`((?<![\\w.-])(?:[\\w.-]*[._-])?(?:db|user|root|admin|smtp|mail|ldap)?pass${IS})(${VALUE})`, 'giu'), `$1${REDACTED}`],
  // Uid=sa;Pwd=abc;   not PWD=/srv/app
  [/((?<![\w.-])pwd\s*=\s*)(?![/~"'.]|[a-z]:\\)([^\s;,&]+)/giu, `$1${REDACTED}`],
  // "auth": "dXNlcjpwYXNz"   basic_auth: ana:abc
  [/((?<![\w-])(?:basic[-_]?)?auth["']?\s*[:=]\s*)("(?!\[)[^"\s]{6,}"|[^\s,;&"':/]+:[^\s,;&"'/]+)/giu, `$1${REDACTED}`],
  // IDENTIFIED BY 'abc'   ALTER USER orders PASSWORD 'abc'
  [/(\b(?:identified\s+by|password)\s+)('[^']*'|"[^"]*")/giu, `$1${REDACTED}`],
  // PASS abc (RFC 1939, RFC 959)   AUTH abc (Redis)   AUTH PLAIN AGFuYQBhYmM= (RFC 4954)
  [/^((?:[<>] )?PASS )\S+$/gmu, `$1${REDACTED}`],
  [/^((?:[<>] )?AUTH )(?!\[|failed|required|error|ok\b)\S+(?: \S+)?$/gmiu, `$1${REDACTED}`],
  // Bearer abc.def   Basic dXNlcjpwYXNz
  [/\b([Bb]earer|BEARER|Token)(\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}/gu, `$1$2${REDACTED}`],
  [/\b(Basic)(\s+)([A-Za-z0-9+/]{6,}={0,2})/gu, keepUnlessCredentials],
  // root:$6$salt$hash   $2b$10$...   (crypt(5))
  [/\$(?:[156]|2[abxy]?|y|gy|apr1|argon2\w*)\$[^\s:'",]+/gu, REDACTED],
  // openssl s_client:     Resumption PSK: 5F3C...   Master-Key: ...
  [/((?:Resumption PSK|Master-Key|Early Exporter Secret|Exporter Master Secret)\s*:\s*)\S+/giu, `$1${REDACTED}`],
  // JSON Web Token (RFC 7519): three parts of base64url, the first begins with {"
  [/\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?/gu, REDACTED],
  // .dockerconfigjson: {"auths":... in base64
  [/\beyJhdXRocyI6[\w+/]*={0,2}/gu, REDACTED],
  // Tokens that say whose they are: GitHub, GitLab, Slack, AWS, OpenShift, Vault, Google, npm, Stripe, OpenAI, SendGrid
  [/\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}|sha256~[\w-]{20,}|hv[sbr]\.[\w-]{16,}|AIza[\w-]{30,}|ya29\.[\w-]{16,}|npm_\w{30,}|[sr]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,})/gu, REDACTED],
];

/** `-u user:password` of curl; `nc -u 2001:db8::1` is an address. */
function keepUnlessAddress(match: string, start: string): string {
  return /^[\da-f:.]+$/iu.test(match.trim().replace(/^(?:-u|-U)\s*/u, '')) ? match : start + REDACTED;
}

/** RFC 7617: base64 of `user:password`. "Basic authentication" is none. */
function keepUnlessCredentials(match: string, word: string, space: string, encoded: string): string {
  return /^[\u0020-\u007e]+:/u.test(atobOrEmpty(encoded)) ? word + space + REDACTED : match;
}

function atobOrEmpty(encoded: string): string {
  try {
    return atob(encoded);
  } catch {
    return '';
  }
}

/** What cannot hold any of the above: most strings are short words and addresses. */
const SUSPICIOUS = new RegExp(`://|@|[?&;].*=|:\\s|${SECRET_WORD}|pass|pwd|auth|identified|bearer|basic|eyJ|webhook|hooks|bot\\d|\\s-[aubp]|-user|-literal|cookie|PRIVATE|PSK|[_~.-]\\w{10,}|A[KS]IA|\\$\\w+\\$`, 'iu');

/** What one rule leaves may be what another looks for; more rounds than this no text of ours has needed. */
const MAX_ROUNDS = 6;

/** The text without its secrets. Doing it twice changes nothing. */
export function redactText(text: string): string {
  let left = text;
  for (let round = 0; round < MAX_ROUNDS && SUSPICIOUS.test(left); round += 1) {
    const next = RULES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement as string), left);
    if (next === left) break;
    left = next;
  }
  return left;
}

/** Plain data without its secrets: every string, and arguments and fields that the one before them or their name makes secret. */
export function redactData<T>(data: T): T {
  return mapStrings(withoutNamedSecrets(data) as T, redactText);
}

const SECRET_FIELD = new RegExp(`^(?:(?:proxy-)?authorization|(?:set-)?cookie|${SECRET_NAME})$`, 'iu');
const SECRET_OPTION = new RegExp(`^(?:--?${SECRET_NAME}|--(?:pass|oauth2-bearer|cookie))$`, 'iu');

function withoutNamedSecrets(data: unknown): unknown {
  if (Array.isArray(data)) {
    const hide = keyBodiesHidden();
    return data.map((item: unknown, index) => (typeof item !== 'string' ? withoutNamedSecrets(item) : isSecretArgument(data, index) ? REDACTED : hide(item)));
  }
  if (data === null || typeof data !== 'object') return data;
  const isSecretPair = 'name' in data && typeof data.name === 'string' && SECRET_FIELD.test(data.name);
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, SECRET_FIELD.test(key) || (isSecretPair && key === 'value') ? hidden(value) : withoutNamedSecrets(value)]),
  );
}

/** Texts alone: what is counted or switched under such a name is no secret. */
function hidden(value: unknown): unknown {
  if (typeof value === 'string') return REDACTED;
  return Array.isArray(value) ? value.map(hidden) : withoutNamedSecrets(value);
}

/**
 * For lines that come one after the other: those between the beginning and the end of a private key (RFC 7468), which are nothing but base64
 * and which no look at one of them alone could tell, are hidden.
 */
export function keyBodiesHidden(): (line: string) => string {
  let isInside = false;
  return (line) => {
    const wasInside = isInside;
    if (/-----BEGIN [A-Z ]*PRIVATE KEY/u.test(line)) isInside = true;
    if (/-----END [A-Z ]*PRIVATE KEY|^-----BEGIN (?![A-Z ]*PRIVATE KEY)/u.test(line)) isInside = false;
    return wasInside && isInside && line !== '' ? REDACTED : line;
  };
}

/** In an argv: the value of `--password`, of sshpass's `-p`, of curl's `-u user:password`, of redis-cli's `-a`. */
function isSecretArgument(argv: readonly unknown[], index: number): boolean {
  const before = argv[index - 1];
  if (typeof before !== 'string') return false;
  if (SECRET_OPTION.test(before)) return true;
  const beforeThat = argv[index - 2];
  if (before === '-p') return typeof beforeThat === 'string' && /(?:^|\/)sshpass$/u.test(beforeThat);
  const isAfter = (programs: RegExp): boolean => argv.slice(0, index).some((word) => typeof word === 'string' && programs.test(word));
  if (before === '-a') return isAfter(/(?:^|\/)redis-cli$/u);
  return /^(?:-u|-U|--user|--proxy-user|-b)$/u.test(before) && isAfter(/(?:^|\/)(?:curl|wget)$/u);
}
