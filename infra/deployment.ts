import { type App, Tags } from 'aws-cdk-lib';
import { FoundationStack } from './stacks/foundation-stack.js';
import { ReviewStack } from './stacks/review-stack.js';
import { ScanningStack } from './stacks/scanning-stack.js';
import type { Stage, StageConfig } from './stages.js';

/** The stacks of one agency's deployment: what lasts, what reads posts, and what people work with. */
export const deployment = (app: App, stage: Stage, config: StageConfig) => {
  const env = { region: config.region };
  const foundation = new FoundationStack(app, `Netral-${stage}-Foundation`, {
    env,
    operators: config.operators,
    terminationProtection: true,
  });
  const scanning = new ScanningStack(app, `Netral-${stage}-Scanning`, { env, config, foundation });
  const review = new ReviewStack(app, `Netral-${stage}-Review`, { env, config, foundation });
  Tags.of(app).add('Application', 'Netral');
  Tags.of(app).add('Stage', stage);
  return { foundation, scanning, review };
};
