package dev.berth.core.scan.match;

/** What ECR tells of a finding beside its members (ECR API, Attribute). */
public record Attribute(String key, String value) {}
