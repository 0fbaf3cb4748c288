/** The wire by which principals of AWS log in. */
package dev.berth.lambda.login;
