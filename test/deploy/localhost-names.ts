// Every name below `localhost` is this machine (RFC 6761), but not every machine's resolver knows.
import dns from 'node:dns';

type Found = (error: Error | null, address: string | dns.LookupAddress[], family?: number) => void;

const lookup: unknown = dns.lookup;

Object.assign(dns, {
  lookup(name: string, options: unknown, found?: Found) {
    const answer = typeof options === 'function' ? options : found;
    if (!name.endsWith('.localhost') || typeof answer !== 'function') {
      return typeof lookup === 'function' ? lookup(name, options, found) : undefined;
    }
    const wantsAll = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    process.nextTick(() =>
      wantsAll ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4),
    );
    return {};
  },
});
