import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventBus, EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { NetralFunction } from './netral-function.js';
import type { QueueWorker } from './queue-worker.js';

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

  /**
   * Has a worker told what becomes of mails. Of SES's events only this reaches its queue: whose address it was and what
   * stood in the subject stay behind.
   */
  tellOfDeliveries(worker: QueueWorker): void {
    this.configurationSet.addEventDestination('Deliveries', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    const ofOurs = (eventType: readonly string[]) => ({
      source: ['aws.ses'],
      detail: {
        eventType,
        mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } },
      },
    });
    const facts = {
      event: EventField.fromPath('$.detail.eventType'),
      mailing: EventField.fromPath('$.detail.mail.tags.mailing[0]'),
      messageId: EventField.fromPath('$.detail.mail.messageId'),
    };
    worker.takeEvents(
      'Delivered',
      ofOurs(['Delivery', 'Complaint', 'Reject']),
      RuleTargetInput.fromObject(facts),
    );
    worker.takeEvents(
      'Bounced',
      ofOurs(['Bounce']),
      RuleTargetInput.fromObject({
        ...facts,
        bounce: EventField.fromPath('$.detail.bounce.bounceType'),
      }),
    );
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
