import * as z from 'zod';

/** From the environment of the function, as the runtime hands them out. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where one service is and as whom it is called. */
export interface ServiceConfig {
  readonly region: string;
  readonly credentials: Credentials;
  /** Another endpoint than the region's own; null on AWS. */
  readonly endpoint: string | null;
}

/** What a function knows of AWS. */
export interface AwsEnvironment {
  readonly dynamodb: ServiceConfig;
  readonly sqs: ServiceConfig;
  readonly s3: ServiceConfig;
  readonly kms: ServiceConfig;
}

const Variables = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_DYNAMODB: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_KMS: z.url().optional(),
});

/**
 * Reads the variables that the runtime sets, and those that name another endpoint on the laptop.
 * @throws ZodError that names what is missing
 */
export const readAwsEnvironment = (variables: Readonly<Record<string, string | undefined>>): AwsEnvironment => {
  const known = Variables.parse(variables);
  const credentials: Credentials = {
    accessKeyId: known.AWS_ACCESS_KEY_ID,
    secretAccessKey: known.AWS_SECRET_ACCESS_KEY,
    ...(known.AWS_SESSION_TOKEN === undefined || known.AWS_SESSION_TOKEN === ''
      ? {}
      : { sessionToken: known.AWS_SESSION_TOKEN }),
  };
  const at = (endpoint: string | undefined): ServiceConfig => ({
    region: known.AWS_REGION,
    credentials,
    endpoint: endpoint ?? null,
  });
  return {
    dynamodb: at(known.AWS_ENDPOINT_URL_DYNAMODB),
    sqs: at(known.AWS_ENDPOINT_URL_SQS),
    s3: at(known.AWS_ENDPOINT_URL_S3),
    kms: at(known.AWS_ENDPOINT_URL_KMS),
  };
};
