import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { PrometheusScraper, type PrometheusScraperProps, PrometheusWorkspace, ScrapeDefinition } from '../../src';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const TYPE = 'AWS::APS::Scraper';
const TEXT = 'scrape_configs:\n  - job_name: pods\n';

function vpcIn(stack: Stack, zones = 2): ec2.IVpc {
  const ids = ['a', 'b', 'c'].slice(0, zones);
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ids.map((zone) => REGION + zone),
    privateSubnetIds: ids.map((zone) => `subnet-0123456789abcde0${zone}`),
  });
}

function make(stack: Stack, more: Partial<PrometheusScraperProps> = {}): Template {
  new PrometheusScraper(stack, 'Scraper', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' }),
    workspace: PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID }),
    definition: ScrapeDefinition.fromText(TEXT),
    vpc: more.vpc ?? vpcIn(stack),
    ...more,
  });
  return Template.fromStack(stack);
}

test('a collector scrapes the cluster from private subnets and writes to the workspace', () => {
  make(stackIn()).hasResourceProperties(TYPE, {
    Alias: Match.absent(),
    Source: {
      EksConfiguration: {
        ClusterArn: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:eks:${REGION}:${ACCOUNT}:cluster/tictactoe-dev`]],
        },
        SubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
        SecurityGroupIds: Match.absent(),
      },
    },
    Destination: { AmpConfiguration: { WorkspaceArn: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}` } },
    ScrapeConfiguration: { ConfigurationBlob: Buffer.from(TEXT).toString('base64') },
    ScraperLoggingConfiguration: Match.absent(),
  });
});

test('alias, security groups and logs arrive', () => {
  const stack = stackIn();

  make(stack, {
    alias: 'tictactoe-dev',
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')],
    logGroup: new logs.LogGroup(stack, 'Logs'),
  }).hasResourceProperties(TYPE, {
    Alias: 'tictactoe-dev',
    Source: { EksConfiguration: { SecurityGroupIds: ['sg-0123456789abcdef0'] } },
    ScraperLoggingConfiguration: {
      LoggingDestination: { CloudWatchLogs: { LogGroupArn: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } } },
      ScraperComponents: [{ Type: 'SERVICE_DISCOVERY' }, { Type: 'COLLECTOR' }, { Type: 'EXPORTER' }],
    },
  });
});

test('ARN, id and role are attributes', () => {
  const stack = stackIn();
  make(stack);

  const scraper = stack.node.findChild('Scraper') as PrometheusScraper;

  const attribute = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(/^Scraper/), name] });
  expect(stack.resolve(scraper.scraperArn)).toEqual(attribute('Arn'));
  expect(stack.resolve(scraper.scraperId)).toEqual(attribute('ScraperId'));
  expect(stack.resolve(scraper.roleArn)).toEqual(attribute('RoleArn'));
});

test('the configuration may come from a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'scrape-')), 'scrape.yaml');
  writeFileSync(file, TEXT);

  make(stackIn(), { definition: ScrapeDefinition.fromFile(file) }).hasResourceProperties(TYPE, {
    ScrapeConfiguration: { ConfigurationBlob: Buffer.from(TEXT).toString('base64') },
  });
});

test('a configuration and an alias that only the deployment knows are left to it', () => {
  const stack = agnosticStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;

  make(stack, { definition: ScrapeDefinition.fromText(text), alias: text }).hasResourceProperties(TYPE, {
    Alias: { Ref: 'Text' },
    ScrapeConfiguration: { ConfigurationBlob: { 'Fn::Base64': { Ref: 'Text' } } },
  });
});

describe('a cluster without access entries', () => {
  const warning = Match.stringLikeRegexp('authentication mode CONFIG_MAP.*into the ConfigMap aws-auth');

  test('that is said to be one gets a warning', () => {
    const stack = stackIn();

    make(stack, { authenticationMode: eks.AuthenticationMode.CONFIG_MAP });

    Annotations.fromStack(stack).hasWarning('/Stack/Scraper', warning);
  });

  test.each([eks.AuthenticationMode.API, eks.AuthenticationMode.API_AND_CONFIG_MAP, undefined])(
    'is not one with %s',
    (authenticationMode) => {
      const stack = stackIn();

      make(stack, { authenticationMode });

      Annotations.fromStack(stack).hasNoWarning('/Stack/Scraper', Match.anyValue());
    },
  );
});

describe('refused', () => {
  test.each<[string, (stack: Stack) => Partial<PrometheusScraperProps>, string]>([
    [
      'one subnet',
      (stack) => ({ vpc: vpcIn(stack, 1) }),
      'vpcSubnets is "1 subnets in 1 availability zones"; it must be two subnets in two availability zones',
    ],
    [
      'two subnets in one zone',
      (stack) => ({ vpcSubnets: { subnets: ['0', '1'].map((i) => subnetIn(stack, i)) } }),
      'vpcSubnets is "2 subnets in 1 availability zones"',
    ],
    [
      'a workspace with a key of the user’s own',
      (stack) => ({
        workspace: new PrometheusWorkspace(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') }),
      }),
      'workspace is "Stack/Encrypted"; it must be a workspace that is encrypted with a key of AWS',
    ],
    [
      'a workspace of another account',
      (stack) => ({
        workspace: PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Other', {
          workspaceId: WORKSPACE_ID,
          account: OTHER_ACCOUNT,
        }),
      }),
      `workspace is "a workspace of account ${OTHER_ACCOUNT}"; it must be of account ${ACCOUNT}, where the collector is`,
    ],
    ['an alias with a blank', () => ({ alias: 'a b' }), 'alias is "a b"; it must be letters, digits or any of - . _'],
    [
      'a configuration without jobs',
      () => ({ definition: ScrapeDefinition.fromText('global: {}') }),
      'text is "global: {}"; it must be YAML with a top-level key scrape_configs',
    ],
  ])('%s', (_, props, message) => {
    const stack = stackIn();

    expect(() => make(stack, props(stack))).toThrow(message);
  });

  function subnetIn(stack: Stack, id: string): ec2.ISubnet {
    return ec2.Subnet.fromSubnetAttributes(stack, `Subnet${id}`, {
      subnetId: `subnet-0123456789abcde0${id}`,
      availabilityZone: `${REGION}a`,
    });
  }
});
