import { Health } from 'cdk8s-banking';
import { type WrongInput, js, service, several } from '../wrong-input';

const memory = (text: unknown) => service({ resources: { requests: { memory: js(text) } } });
const cpu = (text: unknown) => service({ resources: { requests: { cpu: js(text) } } });
const as = (security: object) => service({ security });

export const resources: readonly WrongInput[] = [
  {
    kind: 'memory',
    what: 'Memory is in thousandths of a byte',
    build: memory('512m'),
    message:
      'payments.resources.requests.memory: "512m" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'memory',
    what: 'Memory has no unit',
    build: memory('512'),
    message: 'payments.resources: memory 512 is 512 bytes, too little to start with; write it like "512Mi"',
  },
  {
    kind: 'memory',
    what: 'Memory is a number',
    build: memory(512),
    message:
      'payments.resources.requests.memory: 512 is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'memory',
    what: 'Memory is a unit alone',
    build: memory('Gi'),
    message:
      'payments.resources.requests.memory: "Gi" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'memory',
    what: 'Memory is nothing',
    build: memory('0'),
    message:
      'payments.resources.requests.memory: "0" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'memory',
    what: 'Memory is negative',
    build: memory('-1'),
    message:
      'payments.resources.requests.memory: "-1" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'memory',
    what: 'Memory has a unit in small letters',
    build: memory('1gi'),
    message:
      'payments.resources.requests.memory: "1gi" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
  {
    kind: 'cpu',
    what: 'CPU has an exponent',
    build: cpu('1e3'),
    message:
      'payments.resources.requests.cpu: "1e3" is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero',
  },
  {
    kind: 'cpu',
    what: 'CPU is finer than a thousandth',
    build: cpu('1.0001'),
    message:
      'payments.resources.requests.cpu: "1.0001" is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero',
  },
  {
    kind: 'cpu',
    what: 'CPU is nothing',
    build: cpu('0m'),
    message:
      'payments.resources.requests.cpu: "0m" is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero',
  },
  {
    kind: 'cpu',
    what: 'CPU is a number',
    build: cpu(2),
    message:
      'payments.resources.requests.cpu: 2 is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero',
  },
  {
    kind: 'cpu',
    what: 'CPU is null',
    build: cpu(null),
    message: 'payments.resources.requests.cpu: null must be a string; leave it out',
  },
  {
    kind: 'request above limit',
    what: 'More is requested than allowed',
    build: service({ resources: { requests: { cpu: '3', memory: '9Gi' } } }),
    message: several(
      'payments.resources: cpu request 3 is above the limit of 1; a container must request no more than it may use',
      'payments.resources: memory request 9Gi is above the limit of 1Gi; a container must request no more than it may use',
    ),
  },
  {
    kind: 'disk',
    what: 'Disk is a word',
    build: service({ resources: { ephemeralStorage: 'plenty' } }),
    message:
      'payments.resources.ephemeralStorage: "plenty" is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
  },
];

export const security: readonly WrongInput[] = [
  {
    kind: "the proxy's user",
    what: 'A container runs as the proxy',
    build: as({ user: 1337 }),
    message:
      "payments.security: user 1337 is the proxy's, whose traffic is not intercepted: it would bypass the mesh; use another id",
  },
  {
    kind: 'root',
    what: 'A container runs as root',
    build: as({ user: 0, group: 0 }),
    message: several(
      "payments.security: user 0 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
      "payments.security: group 0 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
    ),
  },
  {
    kind: 'root',
    what: 'A user id is beyond what Linux has',
    build: as({ user: 2 ** 31 }),
    message:
      "payments.security: user 2147483648 must be a whole number from 1000 to 2147483647 (10001 by default): lower ids are root's and the system's",
  },
  {
    kind: 'number of another type',
    what: 'A user is a name',
    build: as({ user: 'payments' }),
    message: 'payments.security.user: "payments" must be a number',
  },
  {
    kind: 'mount path',
    what: 'A folder climbs',
    build: as({ writablePaths: ['/var/../etc'] }),
    message:
      'payments.security.writablePaths: "/var/../etc" must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end',
  },
  {
    kind: 'mount path',
    what: 'A folder is relative',
    build: as({ writablePaths: ['cache'] }),
    message:
      'payments.security.writablePaths: "cache" must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end',
  },
  {
    kind: 'mounted twice',
    what: 'The scratch folder is asked for again',
    build: as({ writablePaths: ['/tmp'] }),
    message: 'payments.mounts: /tmp is mounted twice; give each volume a path of its own (/tmp is there already)',
  },
  {
    kind: 'annotation of the mesh',
    what: 'An annotation takes the pods out of the mesh',
    build: service({ podAnnotations: { 'sidecar.istio.io/inject': 'false' } }),
    message:
      'payments.podAnnotations: sidecar.istio.io/inject is set by this construct, or would lead traffic around the proxy; leave it out',
  },
  {
    kind: 'annotation of the mesh',
    what: 'An annotation would be lost behind our own',
    build: service({ podAnnotations: { 'prometheus.io/port': '9999' }, health: Health.springBootActuator() }),
    message:
      'payments.podAnnotations: prometheus.io/port is set by this construct, or would lead traffic around the proxy; leave it out',
  },
  {
    kind: 'annotation',
    what: 'The key of an annotation has a blank',
    build: service({ podAnnotations: { 'my key': 'x' } }),
    message: 'payments.podAnnotations: "my key" is not an annotation key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'text of another type',
    what: 'An annotation is a boolean',
    build: service({ serviceAccountAnnotations: { 'example.com/used': js(true) } }),
    message: 'payments.serviceAccountAnnotations["example.com/used"]: true must be a string; write "true"',
  },
  {
    kind: 'flag of another type',
    what: 'A token is asked for with a word',
    build: service({ serviceAccountToken: js('yes') }),
    message: 'payments.serviceAccountToken: "yes" must be true or false',
  },
];
