// Reads one simulation a line as JSON and answers with what the simulator says of it, a line each.
import { createInterface } from 'node:readline'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.argv[2], 'package.json'))
const { runSimulation } = require('@cloud-copilot/iam-simulate')

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await runSimulation(JSON.parse(line), {})
  console.log(answer.resultType === 'error' ? JSON.stringify(answer.errors) : answer.overallResult)
}
