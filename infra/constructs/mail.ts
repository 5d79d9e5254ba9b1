import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { NetralFunction } from './netral-function.js';

interface MailProps {
  /** The address that mails come from. */
  readonly sender: string;
}

/** The domain that mails come from. SES signs them once the agency has published the identity's DKIM records. */
export class Mail extends Construct {
  private readonly sender: string;
  private readonly identity: EmailIdentity;
  private readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { sender }: MailProps) {
    super(scope, id);
    this.sender = sender;
    this.configurationSet = new ConfigurationSet(this, 'Configuration', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(sender.slice(sender.lastIndexOf('@') + 1)),
      configurationSet: this.configurationSet,
    });
  }

  /** Tells a function the sender and lets it send as that sender alone. */
  permitSend(fn: NetralFunction): void {
    const configurationSet = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    fn.give('MAIL_SENDER', this.sender, [
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [this.identity.emailIdentityArn, configurationSet],
        conditions: { StringEquals: { 'ses:FromAddress': this.sender } },
      }),
    ]);
  }
}
