import { type WrongInput, js, service } from '../wrong-input';

const variables = (map: unknown) => service({ configuration: { variables: js(map) } });
const files = (path: unknown, content: unknown) => service({ configuration: { files: js({ path, content }) } });
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';

export const configuration: readonly WrongInput[] = [
  {
    kind: 'variable name',
    what: 'A variable has a blank',
    build: variables({ 'LOG LEVEL': 'info' }),
    message:
      'payments.configuration.variables: "LOG LEVEL" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'variable name',
    what: 'A variable starts with a digit',
    build: variables({ '2FA': 'on' }),
    message:
      'payments.configuration.variables: "2FA" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'variable name',
    what: 'A variable is empty',
    build: variables({ '': 'x' }),
    message:
      'payments.configuration.variables: "" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'variable name',
    what: 'A variable is the prototype',
    build: variables(JSON.parse('{"__proto__": "x"}')),
    message:
      'payments.configuration.variables: "__proto__" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'variable name',
    what: 'A variable from a Secret has an equals sign',
    build: service({ secretEnv: { 'A=B': { secret: 'db', key: 'password' } } }),
    message: 'payments.secretEnv: "A=B" is not a variable name; use letters, digits and "_", not starting with a digit',
  },
  {
    kind: 'secret in configuration',
    what: 'A variable is a password',
    build: variables({ DB_PASSWORD: 'hunter2' }),
    message:
      'payments.configuration.variables: DB_PASSWORD looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
  },
  {
    kind: 'secret in configuration',
    what: 'A variable has the form of a token',
    build: variables({ JWT: `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c` }),
    message:
      'payments.configuration.variables: JWT looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
  },
  {
    kind: 'secret in configuration',
    what: 'A variable is a key of AWS',
    build: variables({ AWS_ID: `AKIA${'ABCDEFGHIJKLMNOP'}` }),
    message:
      'payments.configuration.variables: AWS_ID looks like a secret, and manifests are committed to Git; put it into a Secret and name it in secretEnv',
  },
  {
    kind: 'secret in configuration',
    what: 'A file is a private key',
    build: files('/etc/tls', { 'tls.key': KEY }),
    message:
      'payments.configuration.files: tls.key holds a secret, and manifests are committed to Git; put it into a Secret and name it in secretFiles',
  },
  {
    kind: 'control character',
    what: 'A variable has a NUL',
    build: variables({ SEPARATOR: 'a\0b' }),
    message: 'payments.configuration.variables: SEPARATOR has a NUL character, which no environment can hold; put it into a file',
  },
  {
    kind: 'half a character',
    what: 'A variable has half of a surrogate pair',
    build: variables({ SIGN: '\ud83d' }),
    message:
      'payments.configuration.variables["SIGN"]: "\\ud83d" has half of a surrogate pair, which UTF-8 can\'t hold; correct the text',
  },
  {
    kind: 'text of another type',
    what: 'A variable is a number',
    build: variables({ POOL_SIZE: 20 }),
    message: 'payments.configuration.variables["POOL_SIZE"]: 20 must be a string; write "20"',
  },
  {
    kind: 'text of another type',
    what: 'A variable is a boolean',
    build: variables({ DEBUG: false }),
    message: 'payments.configuration.variables["DEBUG"]: false must be a string; write "false"',
  },
  {
    kind: 'text of another type',
    what: 'A variable is undefined',
    build: variables({ REGION: undefined }),
    message: 'payments.configuration.variables["REGION"]: is undefined, and must be a string; leave it out',
  },
  {
    kind: 'map of another type',
    what: 'Variables are a list',
    build: variables([{ name: 'A', value: 'b' }]),
    message: 'payments.configuration.variables: [{"name":"A","value":"b"}] must be a map, like { key: value }',
  },
  {
    kind: 'file name',
    what: 'A file climbs out of its folder',
    build: files('/etc/app', { '../passwd': 'x' }),
    message: 'payments.configuration.files: "../passwd" is not a file name; use letters, digits, ".", "_" and "-"',
  },
  {
    kind: 'file name',
    what: 'A file is the folder above',
    build: files('/etc/app', { '..': 'x' }),
    message: 'payments.configuration.files: ".." is not a file name; use letters, digits, ".", "_" and "-"',
  },
  {
    kind: 'mount path',
    what: 'A folder ends with a slash',
    build: files('/etc/app/', { 'app.yaml': 'a: 1' }),
    message:
      'payments.configuration.files: "/etc/app/" must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end',
  },
  {
    kind: 'mount path',
    what: 'A folder is left out',
    build: files(undefined, { 'app.yaml': 'a: 1' }),
    message:
      'payments.configuration.files: nothing must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end',
  },
  {
    kind: 'file content',
    what: 'Files have no content',
    build: files('/etc/app', undefined),
    message: 'payments.configuration.files: has no content; write { path, content: { "name": "text" } }',
  },
  {
    kind: 'too large',
    what: 'Files hold more than a ConfigMap can',
    build: files('/etc/app', { data: 'x'.repeat(1024 * 1024) }),
    message:
      'payments.configuration: files holds 1048580 bytes, more than the 1048576 of a ConfigMap; split it, or mount a volume',
  },
  {
    kind: 'mounted twice',
    what: 'A Secret is mounted over the files',
    build: service({
      configuration: { files: { path: '/etc/app', content: { 'app.yaml': 'a: 1' } } },
      secretFiles: [{ secret: 'tls', path: '/etc/app' }],
    }),
    message: 'payments.mounts: /etc/app is mounted twice; give each volume a path of its own (/tmp is there already)',
  },
  {
    kind: 'secret name',
    what: 'A Secret has no name',
    build: service({ secretFiles: js([{ path: '/etc/tls' }]) }),
    message:
      'payments.secretFiles: nothing is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'secret key',
    what: 'A key of a Secret is left out',
    build: service({ secretEnv: { DB: js({ secret: 'db' }) } }),
    message: 'payments.secretEnv: key nothing is not a key of a Secret; use letters, digits, "-", "_" and "."',
  },
  {
    kind: 'secret key',
    what: 'The value of a Secret stands in its place',
    build: service({ secretEnv: { DB: js('hunter2') } }),
    message:
      'payments.secretEnv["DB"]: what is given must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  },
  {
    kind: 'choice',
    what: 'A change is never seen',
    build: service({ configuration: { change: js('ignore') } }),
    message: 'payments.configuration.change: "ignore" must be one of roll-out, reloader',
  },
  {
    kind: 'list',
    what: 'Arguments are one string',
    build: service({ args: js('--port 8080') }),
    message: 'payments.args: "--port 8080" must be a list, like [...]',
  },
  {
    kind: 'text of another type',
    what: 'An argument is a number',
    build: service({ args: js(['--port', 8080]) }),
    message: 'payments.args[1]: 8080 must be a string; write "8080"',
  },
];
