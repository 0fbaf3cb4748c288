/** How calls to AWS are made again. */
package dev.berth.aws.retry;
