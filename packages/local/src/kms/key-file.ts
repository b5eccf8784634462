/** The keys of the laptop's KMS: 32 random bytes for each key id, in a file that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

interface KeyFile {
  version: 1;
  /** Key id to key material in base64. */
  keys: Record<string, string>;
}

/** Key material by key id. */
export type KeyRing = ReadonlyMap<string, Buffer>;

/**
 * Reads the file, adds keys for ids it does not know, and writes it back when there were any. Keys that are there stay:
 * what they sealed can be opened as long as the file exists.
 * @throws when the file is not a key file, or holds a key of another length
 */
export async function openKeyFile(path: string, keyIds: readonly string[]): Promise<KeyRing> {
  const file = await readKeyFile(path);
  const missing = keyIds.filter((id) => file.keys[id] === undefined);
  if (missing.length > 0) {
    for (const id of missing) file.keys[id] = randomBytes(KEY_BYTES).toString('base64');
    await writeKeyFile(path, file);
  } else await chmod(path, 0o600);
  return new Map(Object.entries(file.keys).map(([id, material]) => [id, toKey(id, material, path)]));
}

function toKey(id: string, material: string, path: string): Buffer {
  const key = Buffer.from(material, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`the key ${id} in ${path} is not ${KEY_BYTES} bytes long`);
  return key;
}

async function readKeyFile(path: string): Promise<KeyFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { version: 1, keys: {} };
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not a key file`, { cause });
  }
  if (!isKeyFile(content)) throw new Error(`${path} is not a key file`);
  return content;
}

function isKeyFile(content: unknown): content is KeyFile {
  if (typeof content !== 'object' || content === null || !('version' in content) || !('keys' in content)) return false;
  const { version, keys } = content;
  if (version !== 1 || typeof keys !== 'object' || keys === null) return false;
  return Object.values(keys).every((material) => typeof material === 'string');
}

/** Written beside and moved into place, so that a crash never leaves half a file where keys were. */
async function writeKeyFile(path: string, file: KeyFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    // A draft left by a crash keeps the mode it had.
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}
