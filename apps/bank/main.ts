import { Environment, GitOpsApp } from 'cdk8s-banking';
import { bank } from './bank';
import { environments } from './environments';

const app = new GitOpsApp({ folder: 'bank' });
for (const environment of environments) bank(new Environment(app, environment.name, { stage: environment.stage }), environment);
app.synth();
