/* The process of one start: loads the bundle it is told to and says what that cost. Nothing else runs in it: plain
   JavaScript, since taking the types out would be counted too. */
const [, , bundle] = process.argv;
if (bundle === undefined) throw new Error('Say which bundle to load');

const before = process.cpuUsage();
await import(bundle);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMicroseconds: user + system }));
process.exit(0);
