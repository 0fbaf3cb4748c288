/** The table on AWS: DynamoDB. */
package dev.berth.aws.dynamodb;
