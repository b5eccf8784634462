/** The process that the kill test ends: the engine on disk in the folder given, its address sent to the parent. */
import { startDynamodb } from './start-dynamodb.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('the folder of the database is missing');
const { url } = await startDynamodb({ dataDir });
process.send?.(url);
// A parent that is gone must not leave this process behind.
process.on('disconnect', () => process.exit());
