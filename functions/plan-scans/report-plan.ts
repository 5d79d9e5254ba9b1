import type { Report } from '../../shared/ports.js';
import type { Plan } from './plan-scans.js';

/** Tells operators why nothing was planned: which gate is closed and where it is opened. */
export const reported = (plan: Plan, report: Report): Plan => {
  switch (plan.kind) {
    case 'gates-closed':
      for (const { gate, problem, remedy } of plan.gates)
        report('gate-closed', { gates: 1, gate, problem, remedy });
      break;
    case 'dormant':
    case 'no-agency':
      report(plan.kind, {});
      break;
    case 'planned':
      break;
  }
  return plan;
};
