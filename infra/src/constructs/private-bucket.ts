import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { keepLogicalId } from './stable-id.ts';

/** Files that a caseworker sent, until their rows are taken. */
export const UPLOADS_PREFIX = 'uploads/';
/** Inputs of matching runs, without personal data; kept so that a run can be replayed. */
export const SNAPSHOTS_PREFIX = 'snapshots/';

export interface PrivateBucketProps {
  readonly key: IKey;
  /** A file that was never taken is removed after this many days. */
  readonly uploadDays: number;
}

/**
 * The bucket for uploaded files and run snapshots. Not versioned on purpose: a deleted upload holds personal data and
 * must be gone, and a snapshot is written once under its own hash.
 */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'uploads-expire', prefix: UPLOADS_PREFIX, expiration: Duration.days(props.uploadDays) },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    keepLogicalId(this.bucket, id);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who read what is in the audit table, which functions can only add to. Server access logs would need a second ' +
        'bucket without our key (S3 cannot deliver them to one), holding object keys and addresses of callers for ' +
        'files that live a week at most. Reads outside the functions are seen by CloudTrail data events, which belong ' +
        'to the account and not to this stack.',
    });
  }
}
