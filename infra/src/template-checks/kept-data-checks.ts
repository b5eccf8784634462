import { faultsOf, type TemplateCheck } from './template-check.ts';
import { fieldsAt, isFields, listOf } from './template-view.ts';

const dataKept: TemplateCheck = {
  name: 'data-kept',
  remedy:
    'Deleting or replacing a stack must never delete data, a key or a log. Give it the policy Retain for both, and a table deletion protection.',
  faults: (view) =>
    faultsOf(
      view.all('AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'),
      ({ type, element, properties }) => {
        if (element.DeletionPolicy !== 'Retain' || element.UpdateReplacePolicy !== 'Retain') return 'not retained';
        return type === 'AWS::DynamoDB::Table' && properties.DeletionProtectionEnabled !== true && 'not protected';
      },
    ),
};

const PUBLIC_BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;

const bucketClosed: TemplateCheck = {
  name: 'bucket-closed',
  remedy:
    'A bucket that could be opened to the public, or written to by rights of another account, holds files with personal data. Block all four ways and let the owner of the bucket own its objects.',
  faults: (view) =>
    faultsOf(view.all('AWS::S3::Bucket'), ({ properties }) => {
      const blocks = fieldsAt(properties, 'PublicAccessBlockConfiguration');
      const open = PUBLIC_BLOCKS.filter((block) => blocks[block] !== true);
      if (open.length > 0) return `${open.join(', ')} not set`;
      const [rule] = listOf(fieldsAt(properties, 'OwnershipControls').Rules);
      const enforced = isFields(rule) && rule.ObjectOwnership === 'BucketOwnerEnforced';
      return !enforced && 'objects may have other owners';
    }),
};

/** A file that was never taken holds personal data; a week is time enough to find out why. */
const UPLOAD_DAYS = 7;

const bucketForgets: TemplateCheck = {
  name: 'bucket-forgets',
  remedy:
    'A file that nobody took must go by itself within a week, and an earlier version of it must not stay behind. Keep the lifecycle rule on uploads/ and do not version the bucket.',
  faults: (view) =>
    faultsOf(view.all('AWS::S3::Bucket'), ({ properties }) => {
      if (fieldsAt(properties, 'VersioningConfiguration').Status === 'Enabled') return 'versions are kept';
      const rules = listOf(fieldsAt(properties, 'LifecycleConfiguration').Rules).filter(
        (rule) => isFields(rule) && rule.Status === 'Enabled',
      );
      const expires = rules.some(
        (rule) => isFields(rule) && rule.Prefix === 'uploads/' && Number(rule.ExpirationInDays) <= UPLOAD_DAYS,
      );
      if (!expires) return 'uploads are kept';
      const aborts = rules.some((rule) => 'DaysAfterInitiation' in fieldsAt(rule, 'AbortIncompleteMultipartUpload'));
      return !aborts && 'unfinished uploads are kept';
    }),
};

export const KEPT_DATA_CHECKS: readonly TemplateCheck[] = [dataKept, bucketClosed, bucketForgets];
