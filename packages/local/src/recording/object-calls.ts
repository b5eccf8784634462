import { type AwsCall, ID_SHAPE } from './aws-call.ts';

/** One request to S3 as it came over the wire, with what it was answered. */
export interface ObjectRequest {
  readonly method: string;
  /** Path and query, in path style: `/bucket/key?query`. */
  readonly url: string;
  /** `x-amz-copy-source`, where there is one. */
  readonly copySource?: string;
  readonly statusCode: number;
}

const NOT_FOUND = 404;
const PREFIX_WORD = /^[a-z]+(-[a-z]+)*$/;

/** `uploads/t1/b7/file.csv` is `uploads/{id}`: policies look at the first part, and the rest may name somebody. */
const shapeOf = (key: string): string => {
  const [first = '', ...rest] = key.split('/');
  return rest.length > 0 && PREFIX_WORD.test(first) ? `${first}/${ID_SHAPE}` : ID_SHAPE;
};

const splitPath = (path: string): { readonly bucket: string; readonly key: string } => {
  const [bucket = '', ...key] = path.replace(/^\//, '').split('/');
  return { bucket, key: key.join('/') };
};

/** What IAM is asked about one request to S3. What is not known here gets a name that no policy can allow. */
export function objectCalls({ method, url, copySource, statusCode }: ObjectRequest): readonly AwsCall[] {
  const { pathname, searchParams } = new URL(url, 'http://s3.invalid');
  const { bucket, key } = splitPath(decodeURIComponent(pathname));
  const onObject = (action: string, name = key, where = bucket): AwsCall => ({
    action: `s3:${action}`,
    resource: `arn:aws:s3:::${where}/${shapeOf(name)}`,
    context: {},
  });
  const onBucket = (action: string): AwsCall => ({
    action: `s3:${action}`,
    resource: `arn:aws:s3:::${bucket}`,
    context: {},
  });
  if (key === '') {
    if (method === 'HEAD' || (method === 'GET' && !searchParams.has('uploads'))) return [onBucket('ListBucket')];
    return [onBucket(`${method} of a bucket`)];
  }
  switch (method) {
    case 'GET':
    case 'HEAD':
      // Whoever may not list is answered 403 instead: to be told that an object is gone needs the right to look.
      return [onObject('GetObject'), ...(statusCode === NOT_FOUND ? [onBucket('ListBucket')] : [])];
    case 'PUT': {
      const source = copySource === undefined ? null : splitPath(decodeURIComponent(copySource));
      return [onObject('PutObject'), ...(source === null ? [] : [onObject('GetObject', source.key, source.bucket)])];
    }
    case 'POST':
      return [onObject('PutObject')];
    case 'DELETE':
      return [onObject(searchParams.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject')];
    default:
      return [onObject(`${method} of an object`)];
  }
}
