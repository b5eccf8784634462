import type { GatewayTrait } from '../journeys/gateway-traits.ts';

/**
 * One thing that the emulator does otherwise than AWS. Every gap is shown by something: a property that is not there
 * when the deployment is read back, a trait of the gateway, a test that fails. What no gap explains fails the deploy
 * test, and so does a gap that nothing shows any more.
 */
export interface KnownGap {
  readonly name: string;
  /** What the emulator does, and why that does not make the product's own part doubtful. */
  readonly reason: string;
  /** Matches the places where what was read back differs. */
  readonly readBack?: readonly RegExp[];
  readonly trait?: GatewayTrait;
  /** Full names of tests that fail because of it. */
  readonly failing?: readonly string[];
  /** Shown by a refusal in `deployment.test.ts`, before `workarounds.ts` has set what is missing. */
  readonly workedAround?: true;
}

export const KNOWN_GAPS: readonly KnownGap[] = [
  {
    name: 'table-encryption',
    reason: 'Tables from CloudFormation report no encryption by our key. The template tests hold the property.',
    readBack: [/^AWS::DynamoDB::Table \w+ SSESpecification (KMSMasterKeyId|SSEEnabled|SSEType)$/],
  },
  {
    name: 'table-recovery',
    reason: 'Point-in-time recovery is not switched on from CloudFormation. The template tests hold the property.',
    readBack: [
      /^AWS::DynamoDB::Table \w+ PointInTimeRecoverySpecification (PointInTimeRecoveryEnabled|RecoveryPeriodInDays)$/,
    ],
  },
  {
    name: 'table-expiry',
    reason:
      'The attribute of expiry is not set from CloudFormation, so nothing is ever removed by age. The product does not lean on it: it looks at the time itself when it reads.',
    readBack: [/^AWS::DynamoDB::Table CoreTable TimeToLiveSpecification (AttributeName|Enabled)$/],
  },
  {
    name: 'bucket-lifecycle',
    reason: 'The rules that remove old uploads are not set from CloudFormation. The template tests hold them.',
    readBack: [/^AWS::S3::Bucket Bucket get_bucket_lifecycle_configuration$/],
  },
  {
    name: 'reserved-concurrency',
    reason:
      'Reserved concurrency is not set from CloudFormation. Two sweeps at once only send twice, which is harmless.',
    readBack: [/^AWS::Lambda::Function \w+ ReservedConcurrentExecutions$/],
  },
  {
    name: 'stage-throttling',
    reason:
      'The stage keeps no throttling and no detailed metrics, for all routes or for one, so 429 is never seen here; the laptop has it.',
    readBack: [
      /^AWS::ApiGatewayV2::Stage \w+ DefaultRouteSettings (DetailedMetricsEnabled|ThrottlingBurstLimit|ThrottlingRateLimit)$/,
      /^AWS::ApiGatewayV2::Stage \w+ RouteSettings .* (DetailedMetricsEnabled|ThrottlingBurstLimit|ThrottlingRateLimit)$/,
    ],
  },
  {
    name: 'send-batch-right',
    reason:
      'SendMessageBatch is checked as a right of its own, sqs:SendMessageBatch, which IAM does not have: on AWS it is sqs:SendMessage.',
    workedAround: true,
  },
  {
    name: 'encryption-context',
    reason:
      'Conditions on kms:EncryptionContext are never met, because the evaluator is not told the context. That the conditions let through what they should is proven on the policies themselves, in the tests of rights.',
    workedAround: true,
  },
  {
    name: 'request-id',
    reason: 'The answer’s apigw-requestid is another than the request id that the function was given.',
    trait: 'request-id',
  },
  {
    name: 'challenge',
    reason: 'Refused tokens are answered without www-authenticate.',
    trait: 'challenge',
  },
  {
    name: 'refusal-bytes',
    reason: 'The refusals of the gateway have a blank after the colon; they say the same.',
    trait: 'refusal-bytes',
  },
  {
    name: 'options-method',
    reason:
      'OPTIONS is answered by the emulator, with 403, though the API has no CORS; on AWS it reaches the function.',
    trait: 'options-method',
  },
  {
    name: 'token-without-expiry',
    reason: 'A token without exp is accepted; API Gateway demands it, and so does the laptop’s gateway.',
    failing: ['a token made by somebody else, or for something else is not accepted when it never expires'],
  },
  {
    name: 'double-slash',
    reason:
      'A path that begins with two slashes is read as one with one, and leads to the route of that, scope and all; on AWS it is another path. All other spellings of the test are refused before.',
    failing: ['an address that becomes another when it is read is not served as that other'],
  },
  {
    name: 'too-large-for-the-gateway',
    reason: 'A body over 10 MB is refused with 413 as on AWS, in other words.',
    failing: ['a file too large for the gateway gets the gateway’s own answer'],
  },
];

/** Tests that are passed over here, by full name, and why. */
export const PASSED_OVER: readonly { readonly test: string; readonly reason: string; readonly sometimes?: true }[] = [
  {
    test: 'when the whole laptop dies in the middle of a batch, the batch ends as if nothing had happened',
    reason: 'It kills npm start.',
  },
  {
    test: 'when the whole laptop dies just after a run was ordered, the run is made',
    reason: 'It kills npm start.',
  },
  {
    test: 'a core table that came back from a backup is shut at every door until the erasures have been replayed on it',
    reason: 'It makes a table come back in the laptop’s own engine; the emulator has no recovery to a point in time.',
  },
  {
    test: 'a core table that came back from a backup opens when the ledger has been gone through, with the erased person gone and everybody else there',
    reason: 'It makes a table come back in the laptop’s own engine; the emulator has no recovery to a point in time.',
  },
  {
    test: 'a core table that came back from a backup takes no harm from another replay',
    reason: 'It makes a table come back in the laptop’s own engine; the emulator has no recovery to a point in time.',
  },
  {
    test: 'the units’ requirement lists take real job ads as they are, ad by ad (passed over where the ads are not at hand)',
    reason: 'The ads are not part of the project, and are read where they are at hand.',
    sometimes: true,
  },
];
