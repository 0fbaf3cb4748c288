/** What is asked of AWS STS. */
package dev.berth.aws.sts;
