import { Environment, GitOpsApp, Stage } from 'cdk8s-banking';
import { commerce } from './commerce';

const app = new GitOpsApp({ folder: 'commerce' });
commerce(new Environment(app, 'prod', { stage: Stage.PRODUCTION }));
app.synth();
