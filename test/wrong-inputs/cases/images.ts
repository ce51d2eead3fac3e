import { type WrongInput, js, service } from '../wrong-input';

const image = (text: unknown) => service({ image: js(text) });
const repository = 'registry.example.com/payments';

export const images: readonly WrongInput[] = [
  { kind: 'moving tag', what: 'An image is the latest', build: image(`${repository}:latest`), message: '' },
  { kind: 'moving tag', what: 'An image has two numbers', build: image(`${repository}:1.2`), message: '' },
  { kind: 'moving tag', what: 'An image is stable', build: image(`${repository}:stable`), message: '' },
  { kind: 'moving tag', what: 'An image is a snapshot of Maven', build: image(`${repository}:2.4.1-SNAPSHOT`), message: '' },
  { kind: 'no tag', what: 'An image has no tag', build: image(repository), message: '' },
  { kind: 'no tag', what: 'An image has a port and no tag', build: image('registry.example.com:5000/payments'), message: '' },
  { kind: 'digest', what: 'A digest is too short', build: image(`${repository}@sha256:abc123`), message: '' },
  { kind: 'digest', what: 'A digest has capitals', build: image(`${repository}:2.4.1@sha256:${'A'.repeat(64)}`), message: '' },
  { kind: 'digest', what: 'A digest is of another kind', build: image(`${repository}:2.4.1@md5:${'a'.repeat(32)}`), message: '' },
  { kind: 'image', what: 'A repository has capitals', build: image('registry.example.com/Payments:2.4.1'), message: '' },
  { kind: 'image', what: 'An image has a scheme', build: image(`https://${repository}:2.4.1`), message: '' },
  { kind: 'image', what: 'An image has blanks', build: image(` ${repository}:2.4.1`), message: '' },
  { kind: 'image', what: 'An image has a line break', build: image(`${repository}:2.4.1\n`), message: '' },
  { kind: 'image', what: 'A tag is longer than registries take', build: image(`${repository}:${'1'.repeat(129)}`), message: '' },
  { kind: 'image', what: 'An image is empty', build: image(''), message: '' },
  { kind: 'image', what: 'An image is left out', build: image(undefined), message: '' },
  { kind: 'image', what: 'An image is a map', build: image({ repository, tag: '2.4.1' }), message: '' },
  { kind: 'choice', what: 'An image is never pulled', build: service({ imagePullPolicy: js('Never') }), message: '' },
  { kind: 'secret name', what: 'A pull secret is no name', build: service({ imagePullSecrets: ['Registry Login'] }), message: '' },
  { kind: 'list', what: 'Pull secrets are one string', build: service({ imagePullSecrets: js('registry-login') }), message: '' },
];
