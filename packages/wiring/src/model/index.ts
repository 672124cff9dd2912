export * from './aws';
export * from './data';
export * from './kubernetes';
export * from './match';
export * from './policy';
export * from './truth';
export * from './value';
export * from './world';
