import { CfnElement } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Fixes the logical id of what holds data. A construct that is moved or renamed would otherwise get a new id, and
 * CloudFormation would make a new, empty table beside the old one.
 */
export const keepLogicalId = (construct: IConstruct, logicalId: string): void => {
  const element = construct.node.defaultChild;
  if (element === undefined || !CfnElement.isCfnElement(element)) {
    throw new Error(`${construct.node.path} has no template element of its own`);
  }
  element.overrideLogicalId(logicalId);
};
