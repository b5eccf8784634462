import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaveOut, SUBSTITUTES } from '@gruppstart/infra/build/left-out';
import { build } from 'esbuild';
import * as z from 'zod';

const STACK = 'GruppstartApp';
/** The function whose settings the baseline takes over, and the names by which the template links its route. */
const LIKE_FUNCTION = 'RequirementsApiFunction';
const AUTHORIZER = 'RequirementsAuthorizer';
const API = 'DoorApi';
const ASSET = 'bench-bare-get-item';

export const BASELINE_PATH = '/bench/bare-get-item';

const Fields = z.record(z.string(), z.unknown());
const Resource = z.looseObject({ Type: z.string(), Properties: Fields });
const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
const Assets = z.looseObject({ files: z.record(z.string(), z.unknown()) });

const change = async <T>(file: string, shape: z.ZodType<T>, changed: (content: T) => unknown): Promise<void> => {
  const content = shape.parse(JSON.parse(await readFile(file, 'utf8')));
  await writeFile(file, JSON.stringify(changed(content)));
};

/** Bundled as the build bundles the functions, so that only the work itself differs. */
const bundle = (outfile: string, itemKey: { readonly pk: string; readonly sk: string }) =>
  build({
    entryPoints: [fileURLToPath(new URL('./bare-get-item.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    alias: { ...SUBSTITUTES },
    plugins: [leaveOut],
    define: { 'process.env.NODE_ENV': '"production"', ITEM_KEY: JSON.stringify(itemKey) },
    minify: true,
    logLevel: 'warning',
  });

/**
 * Adds to a copied cloud assembly a function that reads one item and nothing more, with the memory, timeout and
 * environment of the requirements door, behind a route of its own (`GET BASELINE_PATH`) with the same token check.
 */
export const addBaseline = async (
  assembly: string,
  itemKey: { readonly pk: string; readonly sk: string },
): Promise<void> => {
  await bundle(join(assembly, `asset.${ASSET}`, 'index.mjs'), itemKey);
  await change(join(assembly, `${STACK}.assets.json`), Assets, (manifest) => ({
    ...manifest,
    files: {
      ...manifest.files,
      [ASSET]: {
        source: { path: `asset.${ASSET}`, packaging: 'zip' },
        destinations: { current: { objectKey: `${ASSET}.zip` } },
      },
    },
  }));
  await change(join(assembly, `${STACK}.template.json`), Template, (template) => {
    const like = Resource.parse(template.Resources[LIKE_FUNCTION]);
    const code = Fields.parse(like.Properties.Code);
    return {
      ...template,
      Resources: {
        ...template.Resources,
        BenchFunction: { ...like, Properties: { ...like.Properties, Code: { ...code, S3Key: `${ASSET}.zip` } } },
        BenchIntegration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: API },
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: { 'Fn::GetAtt': ['BenchFunction', 'Arn'] },
            PayloadFormatVersion: '2.0',
          },
        },
        BenchRoute: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: API },
            RouteKey: `GET ${BASELINE_PATH}`,
            AuthorizationType: 'JWT',
            AuthorizerId: { Ref: AUTHORIZER },
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'BenchIntegration' }]] },
          },
        },
      },
    };
  });
};
