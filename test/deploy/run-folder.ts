import { join } from 'node:path';

/** Names the folder that one run of the deploy test keeps everything in; set by `npm run test:deploy`. */
export const RUN_FOLDER_VARIABLE = 'DEPLOY_TEST_FOLDER';

/** What all deployments of one run share. */
export interface RunFolder {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
  /** A copy of the cloud assembly, so that nobody builds anew while it is being deployed. */
  readonly assembly: string;
}

export const runFolderAt = (folder: string): RunFolder => ({
  folder,
  certificate: join(folder, 'certificate.pem'),
  key: join(folder, 'key.pem'),
  assembly: join(folder, 'assembly'),
});

/** The folder of this run. Throws when these tests were started in another way than by their command. */
export const thisRunFolder = (): RunFolder => {
  const folder = process.env[RUN_FOLDER_VARIABLE];
  if (folder === undefined) throw new Error('These tests are run by npm run test:deploy');
  return runFolderAt(folder);
};
