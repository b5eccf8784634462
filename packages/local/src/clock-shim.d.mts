/** Makes `Date` of this thread read the machine's clock plus the milliseconds in the shared buffer (one signed 64-bit integer). */
export declare function installClock(offset: SharedArrayBuffer): void;
