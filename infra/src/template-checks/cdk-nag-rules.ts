import { AwsSolutionsChecks } from 'cdk-nag';

/** The rules of cdk-nag that the stacks are held to: those for any solution on AWS. */
export const cdkNagRules = (): AwsSolutionsChecks => new AwsSolutionsChecks();
