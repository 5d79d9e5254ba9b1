import { App } from 'aws-cdk-lib';
import { deployment } from './deployment.js';
import { stageNamed, STAGES } from './stages.js';

const app = new App();
const stage = stageNamed(app.node.tryGetContext('stage'));
deployment(app, stage, STAGES[stage]);
