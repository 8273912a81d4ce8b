"""What attackers hide behind, before or inside a harmless file, and text that is none."""

from __future__ import annotations

# In two halves, so that a virus scanner on a developer's machine does not take this file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

PAGE = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
)

MARKUP = [
    PAGE,
    DRAWING,
    b"<html>",
    b"<HTML><HEAD>",
    b"<script>alert(1)</script>",
    b"<ScRiPt src=//evil.example>",
    b"<iframe src=javascript:alert(1)>",
    b"<body onload=alert(1)>",
    b"<img src=x onerror=alert(1)>",
    b"<a href=javascript:alert(1)>x</a>",
    b"<!-- --><script>alert(1)</script>",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    b"<?xml version='1.0'?><?xml-stylesheet href='evil.xsl'?><x/>",
    b"<?php system($_GET['c']); ?>",
    b"<!doctype html>",
    b"\xef\xbb\xbf<svg onload=alert(1)>",
    b"\xef\xbb\xbf  \r\n\t<html>",
    b" \n" * 3_000 + PAGE,
    b"Dear all,\n\n" + PAGE,
    b"name,price\n<svg onload=alert(1)>,2\n",
    b"= 1 + 1 =\n<object data=evil.swf>",
]

SCRIPTS = [
    b"#!/bin/sh\nrm -rf /\n",
    b"#!/usr/bin/env python3\n",
    b"@echo off\r\ndel *.*\r\n",
    b"@ECHO OFF\r\n",
    b"{\\rtf1\\ansi hello}",
    b"%!PS-Adobe-3.0\n",
    b"[InternetShortcut]\r\nURL=file://evil.example/x.exe\r\n",
    b"Windows Registry Editor Version 5.00\r\n",
]

BINARIES = [
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
    b"\x7fELF\x02\x01\x01\x00",
    b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # Office before 2007, with or without macros
    b"7z\xbc\xaf\x27\x1c\x00\x04",
    b"Rar!\x1a\x07\x01\x00",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    b"BZh91AY&SY\x00\x01",
    b"\xfd7zXZ\x00\x00\x04",
    b"8BPS\x00\x01\x00\x00",  # Photoshop
    b"II*\x00\x08\x00\x00\x00",  # TIFF
    b"MM\x00*\x00\x00\x00\x08",
    b"BM\x36\x00\x00\x00\x00\x00",
    b"\x00\x00\x01\x00\x01\x00",  # an icon
    b"\x00\x00\x00\x0cjP  \r\n\x87\n",  # JPEG 2000
    b"\xff\x0a\xfa\x7f\x01",  # JPEG XL
    b"\xd7\xcd\xc6\x9a\x00\x00",  # Windows metafile
    b"FWS\x06\x00\x00\x00\x00",
    b"\x00asm\x01\x00\x00\x00",
    b"SQLite format 3\x00",
    b"RIFF\x24\x00\x00\x00WAVEfmt ",
    b"RIFF\x24\x00\x00\x00AVI LIST",
    b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska",
    b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
    b"\xff\xfe<\x00s\x00v\x00g\x00",  # UTF-16, in which a page can hide
    b"\xfe\xff\x00<\x00s\x00v\x00g",
    b"plain words\x00and a page behind a NUL",
    b"plain words \x1b]0;a terminal would obey\x07",
    b"\x08\x08\x08overwritten",
]
