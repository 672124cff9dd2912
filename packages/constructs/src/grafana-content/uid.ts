import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';

/** https://grafana.com/docs/grafana/latest/developers/http_api/folder/ (identifier versus unique identifier) */
export function validateUid(scope: Construct, uid: string): void {
  if (!Token.isUnresolved(uid) && !/^[a-zA-Z0-9_-]{1,40}$/.test(uid)) {
    throw invalidProp(scope, {
      prop: 'uid',
      got: uid,
      allowed: '1 to 40 letters, digits or any of - _',
      mend: 'It is what dashboards and links refer to, not what people read: that is the name or title.',
    });
  }
}

/** What people read. */
export function validateTitle(scope: Construct, prop: string, title: string): void {
  if (!Token.isUnresolved(title) && (title.trim() === '' || title.length > 189)) {
    throw invalidProp(scope, {
      prop,
      got: title,
      allowed: '1 to 189 characters',
      mend: 'It is what people see in Grafana.',
    });
  }
}
