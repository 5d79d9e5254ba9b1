import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationValidatePlugin, type IPolicyValidationPlugin } from 'aws-cdk-lib';

const FOLDER = join(import.meta.dirname, 'rules');

const rulesIn = (extension: '.guard' | '.rego') =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(extension))
    .map((name) => ({ name, content: readFileSync(join(FOLDER, name), 'utf8') }));

/** Its type says that it may have an undefined version, which its own interface does not take. */
const engine = new CloudFormationValidatePlugin({
  guardRules: rulesIn('.guard'),
  regoRules: rulesIn('.rego'),
});

/**
 * What a template must hold to before anything is deployed: the rules in `rules/`, beside CDK's own (a property that nobody
 * knows, a resource that the region does not have). It works offline. One for all, since it takes seconds to build.
 */
export const OWN_RULES: IPolicyValidationPlugin = {
  name: engine.name,
  validate: (context) => engine.validate(context),
};
