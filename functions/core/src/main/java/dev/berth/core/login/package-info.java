/**
 * The login of principals of AWS without a secret that is kept: what a presigned request to AWS STS
 * must be, and which role a principal of AWS is here.
 */
package dev.berth.core.login;
