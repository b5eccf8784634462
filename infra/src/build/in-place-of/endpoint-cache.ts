/**
 * Takes the place of `@aws-sdk/endpoint-cache`, a least-recently-used cache for endpoint discovery. DynamoDB makes one
 * in every client and uses it only when discovery is switched on, which it never is here.
 */
export class EndpointCache {
  get(): undefined {
    return undefined;
  }

  has(): boolean {
    return false;
  }

  set(): never {
    throw new Error('Endpoint discovery is left out of the bundles: see infra/src/build/left-out.ts');
  }
}
