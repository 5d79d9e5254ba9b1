import type { Report } from '../../shared/ports.js';
import type { Plan } from './plan-scans.js';

/** Tells operators what was planned, and when nothing may be, which gate is closed and where it is opened. */
export const reported = (plan: Plan, report: Report): Plan => {
  switch (plan.kind) {
    case 'planned':
      report('scans-planned', { enrolled: plan.enrolled, ordered: plan.ordered });
      break;
    case 'gates-closed':
      for (const { gate, problem, remedy } of plan.gates)
        report('gate-closed', { gates: 1, gate, problem, remedy });
      break;
    case 'dormant':
    case 'no-agency':
      report(plan.kind, {});
      break;
  }
  return plan;
};
