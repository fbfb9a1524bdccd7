package network

const servicesFile = `C:\Windows\System32\drivers\etc\services`
