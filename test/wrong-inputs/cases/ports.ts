import { PortProtocol } from 'cdk8s-banking';
import { type WrongInput, js, service, several } from '../wrong-input';

export const ports: readonly WrongInput[] = [
  {
    kind: 'port',
    what: 'A port is 0',
    build: service({ port: 0 }),
    message: 'payments.port: 0 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port is 65536',
    build: service({ port: 65536 }),
    message: 'payments.port: 65536 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port is a fraction',
    build: service({ port: 1.5 }),
    message: 'payments.port: 1.5 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port is no number',
    build: service({ port: Number.NaN }),
    message: 'payments.port: NaN is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port is a string',
    build: service({ port: js('8080') }),
    message: 'payments.port: "8080" is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'A port is left out',
    build: service({ port: js(undefined) }),
    message: 'payments.port: nothing is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'port',
    what: 'The port of the Service is negative',
    build: service({ servicePort: -1 }),
    message: 'payments.servicePort: -1 is not a port; use a whole number from 1 to 65535',
  },
  {
    kind: 'privileged port',
    what: 'A container listens on port 80',
    build: service({ port: 80 }),
    message: "payments.port: 80 is a privileged port, which a container without capabilities can't open; use one from 1024 on",
  },
  {
    kind: "the proxy's port",
    what: 'A container listens where Istio does',
    build: service({ port: 15001 }),
    message: "payments.port: 15001 is taken by Istio's proxy in every pod; use another port",
  },
  {
    kind: 'port twice',
    what: 'A port is declared twice',
    build: service({ ports: [{ port: 8080, name: 'admin' }] }),
    message: 'payments.ports: port 8080 occurs twice; give each port its own',
  },
  {
    kind: 'port twice',
    what: 'Two ports have one name',
    build: service({ ports: [{ port: 9090 }] }),
    message: 'payments.ports: name "http" occurs twice; give each port its own',
  },
  {
    kind: 'port name',
    what: 'The name of a port is too long',
    build: service({ ports: [{ port: 9090, protocol: PortProtocol.GRPC, name: 'administration' }] }),
    message:
      'payments.port.name: "grpc-administration" is not a name that Kubernetes takes; use 1 to 15 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'choice',
    what: 'A port speaks UDP',
    build: service({ protocol: js('udp') }),
    message: 'payments.protocol: "udp" must be one of http, http2, grpc, tls, tcp',
  },
  {
    kind: 'choice',
    what: 'A protocol has capitals',
    build: service({ ports: [{ port: 9090, protocol: js('HTTP') }] }),
    message: several(
      'payments.ports[0].protocol: "HTTP" must be one of http, http2, grpc, tls, tcp',
      'payments.ports: name "http" occurs twice; give each port its own',
    ),
  },
  {
    kind: 'list',
    what: 'Further ports are numbers',
    build: service({ ports: js([9090]) }),
    message: 'payments.ports[0]: 9090 must be a map of props, like { key: value }',
  },
];
