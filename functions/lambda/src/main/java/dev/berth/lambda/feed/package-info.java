/**
 * Where feeds come from: their publishers, a mirror, or a directory. Whoever answers is a stranger:
 * what is fetched is bounded in size and time, and leads nowhere without TLS that TLS led to.
 */
package dev.berth.lambda.feed;
