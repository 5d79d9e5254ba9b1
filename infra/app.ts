import { App } from 'aws-cdk-lib';
import { deployment } from './deployment.js';
import { ConfigError, readStage } from './read-stage.js';

try {
  const app = new App();
  deployment(app, readStage(app.node.tryGetContext('stage')));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
