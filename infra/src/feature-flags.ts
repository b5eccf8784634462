import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

/**
 * Behaviour switches of aws-cdk-lib: those that the library recommends for new projects, and where we differ. They
 * stand in code and not in cdk.json, so that the CDK command line, our own synthesis and the tests all make the same
 * template. Among the recommended ones, findings of the template validator stop the synthesis.
 */
export const FEATURE_FLAGS: Readonly<Record<string, unknown>> = {
  ...recommended,
  '@aws-cdk/core:target-partitions': ['aws'],
  // Warnings stop the synthesis too, also that of the CDK command line.
  '@aws-cdk/core:strictCfnValidateErrors': true,
  // A plain export and import: CloudFormation refuses to remove a table or key that another stack still uses.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};
