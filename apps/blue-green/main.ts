import { Environment, GitOpsApp, Stage } from 'cdk8s-banking';
import { myApp } from './my-app';
import { states } from './states';

/** A folder for each state of one release. In a repository of its own there would be one folder, and its history. */
const app = new GitOpsApp({ folder: 'blue-green' });
for (const { name, state } of states) myApp(new Environment(app, name, { stage: Stage.PRODUCTION }), state);
app.synth();
