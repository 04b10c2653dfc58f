/** What CloudFormation says of a deployed stage: the same of each of its stacks. */
const OUTPUTS = {
  BucketName: 'a-lake',
  Topic: 'market.bars',
  ProducerFunctionName: 'producer',
  ConsumerFunctionName: 'consumer',
  CurateStateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:compact',
}

export const DEPLOYED_STACK = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>any</StackName>
<CreationTime>2026-11-01T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${Object.entries(
  OUTPUTS,
)
  .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
  .join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
