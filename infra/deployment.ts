import { type App, Tags, Validations } from 'aws-cdk-lib';
import { BudgetStack } from './stacks/budget-stack.js';
import { FoundationStack } from './stacks/foundation-stack.js';
import { ReviewStack } from './stacks/review-stack.js';
import { ScanningStack } from './stacks/scanning-stack.js';
import { OWN_RULES } from './own-rules.js';
import type { Stage } from './read-stage.js';
import { DESCRIPTION } from './version.js';

/** The stacks of one agency's deployment: what lasts, what reads posts, and what people work with. */
export const deployment = (app: App, { name, config }: Stage) => {
  Validations.of(app).addPlugins(OWN_RULES);
  const here = { description: DESCRIPTION, env: { region: config.region } };
  const foundation = new FoundationStack(app, `Netral-${name}-Foundation`, {
    ...here,
    operators: config.operators,
    publicUrl: config.publicUrl,
    names: { stacks: `Netral-${name}-`, breakGlass: `netral-${name}-break-glass` },
    terminationProtection: true,
  });
  const plannerRole = `netral-${name}-plan-scans`;
  const scanning = new ScanningStack(app, `Netral-${name}-Scanning`, {
    ...here,
    config,
    foundation,
    plannerRole,
  });
  const review = new ReviewStack(app, `Netral-${name}-Review`, { ...here, config, foundation });
  scanning.permitSubmit(review.server);
  const budget = new BudgetStack(app, `Netral-${name}-Budget`, {
    description: DESCRIPTION,
    env: { region: 'us-east-1' },
    operators: config.operators,
    monthlyUsd: config.monthlyBudgetUsd,
    stops: plannerRole,
  });
  Tags.of(app).add('Application', 'Netral');
  Tags.of(app).add('Stage', name);
  return { foundation, scanning, review, budget };
};
