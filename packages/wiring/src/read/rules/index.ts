export { ackRules } from './ack';
export { readConfig, readDefinition } from './alert-manager';
export { promSeconds } from './durations';
export { type Groups, readRuleGroups } from './groups';
export { operatorRules } from './operator';
export { embeddedRules } from './rule-set';
