package dev.berth.core.scan;

/** Whose package database it is, and whose rules its versions are compared by. */
public enum PackageFormat {
  DPKG,
  APK,
  RPM
}
