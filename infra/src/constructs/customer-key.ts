import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepLogicalId } from './stable-id.ts';

export interface CustomerKeyProps {
  /** What the key opens, for the one who reads the list of keys in the account. */
  readonly description: string;
}

/** A key of our own with yearly rotation, kept when its stack is deleted: without the key the data are gone. */
export class CustomerKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: CustomerKeyProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      // The longest that KMS gives for regretting a deletion.
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    keepLogicalId(this.key, id);
  }
}
