import { type WrongInput, js, service } from '../wrong-input';

const variables = (map: unknown) => service({ configuration: { variables: js(map) } });
const files = (path: unknown, content: unknown) => service({ configuration: { files: js({ path, content }) } });
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';

export const configuration: readonly WrongInput[] = [
  { kind: 'variable name', what: 'A variable has a blank', build: variables({ 'LOG LEVEL': 'info' }), message: '' },
  { kind: 'variable name', what: 'A variable starts with a digit', build: variables({ '2FA': 'on' }), message: '' },
  { kind: 'variable name', what: 'A variable is empty', build: variables({ '': 'x' }), message: '' },
  { kind: 'variable name', what: 'A variable is the prototype', build: variables(JSON.parse('{"__proto__": "x"}')), message: '' },
  { kind: 'variable name', what: 'A variable from a Secret has an equals sign', build: service({ secretEnv: { 'A=B': { secret: 'db', key: 'password' } } }), message: '' },
  { kind: 'secret in configuration', what: 'A variable is a password', build: variables({ DB_PASSWORD: 'hunter2' }), message: '' },
  { kind: 'secret in configuration', what: 'A variable has the form of a token', build: variables({ JWT: `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c` }), message: '' },
  { kind: 'secret in configuration', what: 'A variable is a key of AWS', build: variables({ AWS_ID: `AKIA${'ABCDEFGHIJKLMNOP'}` }), message: '' },
  { kind: 'secret in configuration', what: 'A file is a private key', build: files('/etc/tls', { 'tls.key': KEY }), message: '' },
  { kind: 'control character', what: 'A variable has a NUL', build: variables({ SEPARATOR: 'a\0b' }), message: '' },
  { kind: 'half a character', what: 'A variable has half of a surrogate pair', build: variables({ SIGN: '\ud83d' }), message: '' },
  { kind: 'text of another type', what: 'A variable is a number', build: variables({ POOL_SIZE: 20 }), message: '' },
  { kind: 'text of another type', what: 'A variable is a boolean', build: variables({ DEBUG: false }), message: '' },
  { kind: 'text of another type', what: 'A variable is undefined', build: variables({ REGION: undefined }), message: '' },
  { kind: 'map of another type', what: 'Variables are a list', build: variables([{ name: 'A', value: 'b' }]), message: '' },
  { kind: 'file name', what: 'A file climbs out of its folder', build: files('/etc/app', { '../passwd': 'x' }), message: '' },
  { kind: 'file name', what: 'A file is the folder above', build: files('/etc/app', { '..': 'x' }), message: '' },
  { kind: 'mount path', what: 'A folder ends with a slash', build: files('/etc/app/', { 'app.yaml': 'a: 1' }), message: '' },
  { kind: 'mount path', what: 'A folder is left out', build: files(undefined, { 'app.yaml': 'a: 1' }), message: '' },
  { kind: 'file content', what: 'Files have no content', build: files('/etc/app', undefined), message: '' },
  { kind: 'too large', what: 'Files hold more than a ConfigMap can', build: files('/etc/app', { data: 'x'.repeat(1024 * 1024) }), message: '' },
  {
    kind: 'mounted twice',
    what: 'A Secret is mounted over the files',
    build: service({
      configuration: { files: { path: '/etc/app', content: { 'app.yaml': 'a: 1' } } },
      secretFiles: [{ secret: 'tls', path: '/etc/app' }],
    }),
    message: '',
  },
  { kind: 'secret name', what: 'A Secret has no name', build: service({ secretFiles: js([{ path: '/etc/tls' }]) }), message: '' },
  { kind: 'secret key', what: 'A key of a Secret is left out', build: service({ secretEnv: { DB: js({ secret: 'db' }) } }), message: '' },
  { kind: 'secret key', what: 'The value of a Secret stands in its place', build: service({ secretEnv: { DB: js('hunter2') } }), message: '' },
  { kind: 'choice', what: 'A change is never seen', build: service({ configuration: { change: js('ignore') } }), message: '' },
  { kind: 'list', what: 'Arguments are one string', build: service({ args: js('--port 8080') }), message: '' },
  { kind: 'text of another type', what: 'An argument is a number', build: service({ args: js(['--port', 8080]) }), message: '' },
];
