import { PortProtocol } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

export const ports: readonly WrongInput[] = [
  { kind: 'port', what: 'A port is 0', build: service({ port: 0 }), message: '' },
  { kind: 'port', what: 'A port is 65536', build: service({ port: 65536 }), message: '' },
  { kind: 'port', what: 'A port is a fraction', build: service({ port: 1.5 }), message: '' },
  { kind: 'port', what: 'A port is no number', build: service({ port: Number.NaN }), message: '' },
  { kind: 'port', what: 'A port is a string', build: service({ port: js('8080') }), message: '' },
  { kind: 'port', what: 'A port is left out', build: service({ port: js(undefined) }), message: '' },
  { kind: 'port', what: 'The port of the Service is negative', build: service({ servicePort: -1 }), message: '' },
  { kind: 'privileged port', what: 'A container listens on port 80', build: service({ port: 80 }), message: '' },
  { kind: "the proxy's port", what: 'A container listens where Istio does', build: service({ port: 15001 }), message: '' },
  { kind: 'port twice', what: 'A port is declared twice', build: service({ ports: [{ port: 8080, name: 'admin' }] }), message: '' },
  { kind: 'port twice', what: 'Two ports have one name', build: service({ ports: [{ port: 9090 }] }), message: '' },
  {
    kind: 'port name',
    what: 'The name of a port is too long',
    build: service({ ports: [{ port: 9090, protocol: PortProtocol.GRPC, name: 'administration' }] }),
    message: '',
  },
  { kind: 'choice', what: 'A port speaks UDP', build: service({ protocol: js('udp') }), message: '' },
  { kind: 'choice', what: 'A protocol has capitals', build: service({ ports: [{ port: 9090, protocol: js('HTTP') }] }), message: '' },
  { kind: 'list', what: 'Further ports are numbers', build: service({ ports: js([9090]) }), message: '' },
];
