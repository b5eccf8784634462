import { checkCertificate } from '@gruppstart/matching/assignment/certificate';
import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';
import { generatedProblem } from './assignment-problems.ts';
import { REGION } from './region.ts';

// A process of its own, so that its highest memory is that of one problem, its solution and its proof, and of Node.
const problem = generatedProblem(REGION);
const check = checkCertificate(problem, solveByShortestPaths(problem));
if (!check.ok) throw new Error(`The proof failed: ${check.fault}`);
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ edges: check.facts.edgesChecked, placed: check.facts.placed, peakBytes }));
