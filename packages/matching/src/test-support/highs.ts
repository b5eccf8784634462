import highs from 'highs';

/** The package's types describe its CommonJS form, where the loader sits one level further in than in the ES module. */
const loader = highs as unknown as typeof highs.default;

/** A general solver for integer programmes, the independent reference for what is optimal. */
export const loadHighs = () => loader();
