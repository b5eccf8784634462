/** The part of a gateway event that this function reads. */
interface PageRequest {
  readonly rawPath?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gruppstart: API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<noscript><p lang="sv">Sidan behöver JavaScript. Samma uppgifter finns i <a href="/openapi.json">openapi.json</a>.</p>
<p>This page needs JavaScript. The same facts are in <a href="/openapi.json">openapi.json</a>.</p></noscript>
<main id="reference"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null, supportedSubmitMethods: [] });
`;

/** Scripts and styles from this address only; Swagger UI sets styles on elements and shows its icons as data. */
const CONTENT_SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const common = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': CONTENT_SECURITY,
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
} as const;

const text = (mediaType: string, body: string): PageAnswer => ({
  statusCode: 200,
  headers: { ...common, 'content-type': `${mediaType}; charset=utf-8` },
  body,
  isBase64Encoded: false,
});

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '/openapi.json': 'application/json',
  '/docs/swagger-ui.css': 'text/css; charset=utf-8',
  '/docs/swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Who can read gzip gets it as it lies; `openapi.json` is also there plain, for tools that cannot. */
export const documentPages =
  (asset: (name: string) => Buffer) =>
  async (request: PageRequest): Promise<PageAnswer> => {
    const path = request.rawPath ?? '/';
    if (path === '/docs') return text('text/html', PAGE);
    if (path === '/docs/start.js') return text('text/javascript', START);
    const mediaType = MEDIA_TYPES[path];
    const name = path.split('/').at(-1) ?? '';
    if (mediaType === undefined) {
      return { ...text('text/plain', 'Sidan finns inte. / There is no such page.\n'), statusCode: 404 };
    }
    const readsGzip = (request.headers?.['accept-encoding'] ?? '').includes('gzip');
    if (!readsGzip && name === 'openapi.json') return text(mediaType, asset('openapi.json').toString('utf8'));
    return {
      statusCode: 200,
      headers: { ...common, 'content-type': mediaType, 'content-encoding': 'gzip', vary: 'accept-encoding' },
      body: asset(`${name}.gz`).toString('base64'),
      isBase64Encoded: true,
    };
  };
